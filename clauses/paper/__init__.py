"""The paper that parties sign: what they answered put beside the sets, part by part, and looked through."""
