using Microsoft.IdentityModel.Tokens;

namespace Swp.Gateway.Tokens;

/// <summary>A key, and the one algorithm it is for: what a token says of its own algorithm only has to agree.</summary>
/// <param name="Id">Its <c>kid</c>; <see langword="null"/> when it has none and is tried for every token.</param>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Key">The key.</param>
internal sealed record VerificationKey(string? Id, string Algorithm, SecurityKey Key)
{
    /// <summary>Whether a token that names this key, or none, may be signed with it.</summary>
    public bool Fits(string? keyId, string algorithm) =>
        Algorithm == algorithm && (Id is null || string.IsNullOrEmpty(keyId) || string.Equals(Id, keyId, StringComparison.Ordinal));
}
