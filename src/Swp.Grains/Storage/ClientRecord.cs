namespace Swp.Grains.Storage;

/// <summary>
/// What outlives a client's activation: small, written behind, awaited only by a connection that takes over from another. Immutable, so that the
/// writer can keep one while the session goes on.
/// </summary>
[GenerateSerializer, Immutable, Alias("swp.ClientRecord")]
internal sealed record ClientRecord
{
    /// <summary>Of a client that was never here.</summary>
    public static readonly ClientRecord Nothing = new();

    /// <summary>The epoch of the last attachment.</summary>
    [Id(0)]
    public long Epoch { get; init; }

    /// <summary>The epoch of the last OPEN.</summary>
    [Id(1)]
    public long OpenEpoch { get; init; }

    [Id(2)]
    public DateTimeOffset FirstSeen { get; init; }

    [Id(3)]
    public DateTimeOffset LastSeen { get; init; }

    [Id(4)]
    public DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>The present attachment, or <see langword="null"/>.</summary>
    [Id(5)]
    public AttachmentRecord? Attachment { get; init; }

    /// <summary>Set while the client is banned.</summary>
    [Id(6)]
    public BanRecord? Ban { get; init; }

    /// <summary>Grows whenever the client is banned or let in again: the end of a ban must win over an older record that still has it.</summary>
    [Id(7)]
    public long BanVersion { get; init; }

    /// <summary>What the client has used up of its limits; <see langword="null"/> for nothing, and where there are none.</summary>
    [Id(8)]
    public AllowanceRecord? Allowance { get; init; }

    /// <summary>Whether the client has ever connected.</summary>
    public bool IsKnown => Epoch > 0;

    /// <summary>Two records of the same client made by two activations that did not know of each other: nothing newer is lost.</summary>
    public static ClientRecord Merge(ClientRecord stored, ClientRecord ours)
    {
        var (newer, older) = ours.Epoch >= stored.Epoch ? (ours, stored) : (stored, ours);
        return newer with
        {
            FirstSeen = older.IsKnown && older.FirstSeen < newer.FirstSeen ? older.FirstSeen : newer.FirstSeen,
            LastSeen = older.LastSeen > newer.LastSeen ? older.LastSeen : newer.LastSeen,
            LastHeartbeat = older.LastHeartbeat > newer.LastHeartbeat || newer.LastHeartbeat is null ? older.LastHeartbeat : newer.LastHeartbeat,
            OpenEpoch = Math.Max(older.OpenEpoch, newer.OpenEpoch),
            Ban = newer.BanVersion > older.BanVersion ? newer.Ban : older.BanVersion > newer.BanVersion ? older.Ban : newer.Ban ?? older.Ban,
            BanVersion = Math.Max(older.BanVersion, newer.BanVersion),
            Allowance = AllowanceRecord.Merge(older.Allowance, newer.Allowance),
        };
    }
}
