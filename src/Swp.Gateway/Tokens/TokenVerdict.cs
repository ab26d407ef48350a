using System.Diagnostics.CodeAnalysis;
using Swp.Clients;
using Swp.Protocol;

namespace Swp.Gateway.Tokens;

/// <summary>What a check came to.</summary>
/// <param name="Fault">Why the client is not let in.</param>
/// <param name="Facts">Otherwise: what the token says.</param>
/// <param name="Until">Otherwise: when the connection ends for it.</param>
internal readonly record struct TokenVerdict(TokenFault Fault, TokenFacts? Facts = null, DateTimeOffset Until = default)
{
    /// <summary>Whether the client may connect.</summary>
    [MemberNotNullWhen(true, nameof(Facts))]
    public bool IsAccepted => Facts is not null;

    /// <summary>Whether the same token may be accepted later.</summary>
    public bool IsRetryable => Fault == TokenFault.KeysUnavailable;

    /// <summary>What a program can act on.</summary>
    public ErrorDetail Error => IsRetryable ? new ErrorDetail(ErrorCodes.InternalError, Retryable: true) : new ErrorDetail(ErrorCodes.Unauthorized);

    /// <summary>The code to close with.</summary>
    public CloseCode CloseCode => IsRetryable ? CloseCode.InternalError : CloseCode.Unauthorized;

    /// <summary>The words for the client: what to do, and no more than that about the keys.</summary>
    public string Message => Fault switch
    {
        TokenFault.Missing => "This type of client needs a token: in the Authorization header (Bearer), the query access_token, or the OPEN's token.",
        TokenFault.Malformed => "The token is no JWT signed with RS256, ES256 or HS256.",
        TokenFault.WrongIssuer => "The token is of an issuer that this server does not trust.",
        TokenFault.WrongAudience => "The token is for another audience than this server.",
        TokenFault.Expired => "The token has expired: get a fresh one and connect with it.",
        TokenFault.NoExpiry => "The token has no exp: get one that expires.",
        TokenFault.NotYetValid => "The token is not valid yet: compare the clocks of its issuer and this server.",
        TokenFault.WrongClient => "The token is for another client: its sub must be the clientId.",
        TokenFault.WrongType => "The token is not for clients of this type: the claim that names their types does not name it.",
        TokenFault.NoKeys => "This server has no keys to check tokens with: tell its operator.",
        TokenFault.KeysUnavailable => "The keys to check the token with cannot be read just now: try again.",
        _ => "The token is not signed with a key that this server trusts: get a fresh one.",
    };
}
