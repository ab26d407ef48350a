namespace Swp.Standalone.Storage;

/// <summary>Where the embedded storage listens and keeps its files.</summary>
internal sealed record EmbeddedGarnetOptions
{
    /// <summary>The directory for all files; created if missing, used by one process at a time.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The TCP port on 127.0.0.1; 0 chooses a free one.</summary>
    public int Port { get; init; }
}
