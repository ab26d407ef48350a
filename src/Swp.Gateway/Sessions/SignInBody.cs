namespace Swp.Gateway.Sessions;

/// <summary>What the sign-in page sends.</summary>
internal sealed record SignInBody
{
    /// <summary>The API key.</summary>
    public string? Key { get; init; }
}
