namespace Swp.Gateway.Tokens;

/// <summary>Where keys come from.</summary>
internal interface IKeySource
{
    /// <summary>The setting, for an operator.</summary>
    string Setting { get; }

    /// <summary>Reads the keys.</summary>
    /// <exception cref="KeyException">They cannot be read.</exception>
    ValueTask<VerificationKey[]> ReadAsync(CancellationToken cancellationToken);
}
