namespace Rialto.Identity.Tokens;

/// <summary>What a signature may be made with (RFC 7518, 3.1). There is no <c>none</c>, and a name that is not here is refused.</summary>
internal enum SignatureAlgorithm
{
    /// <summary>ECDSA with P-256 and SHA-256: what we sign with.</summary>
    ES256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, of at least 2,048 bits: what many issuers sign with.</summary>
    RS256,

    /// <summary>RSASSA-PSS with SHA-256.</summary>
    PS256,

    /// <summary>HMAC with SHA-256, for an issuer that shares a secret of at least 32 bytes with us.</summary>
    HS256,
}
