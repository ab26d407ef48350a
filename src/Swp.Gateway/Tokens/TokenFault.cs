namespace Swp.Gateway.Tokens;

/// <summary>Why a token does not let its client in.</summary>
internal enum TokenFault : byte
{
    None,

    /// <summary>There is no token.</summary>
    Missing,

    /// <summary>No JWT, or not of one of the three algorithms.</summary>
    Malformed,

    /// <summary>There is no key of that name and algorithm, as the keys are known.</summary>
    UnknownKey,

    /// <summary>Signed with another key, or changed since.</summary>
    BadSignature,

    /// <summary>Another issuer.</summary>
    WrongIssuer,

    /// <summary>For another audience.</summary>
    WrongAudience,

    /// <summary>Expired.</summary>
    Expired,

    /// <summary>It never expires.</summary>
    NoExpiry,

    /// <summary>Not valid yet.</summary>
    NotYetValid,

    /// <summary>Its <c>sub</c> is not the client's id.</summary>
    WrongClient,

    /// <summary>It is not for clients of this type.</summary>
    WrongType,

    /// <summary>This gateway was given no keys.</summary>
    NoKeys,

    /// <summary>The keys cannot be read, and so nobody can say.</summary>
    KeysUnavailable,
}
