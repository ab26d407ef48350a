namespace Swp.Cluster.Tests.Conversations;

/// <summary>What a connection must see next: a frame, or its end.</summary>
/// <param name="Slot">The connection.</param>
/// <param name="SessionType">The frame's; <see langword="null"/> for the end.</param>
/// <param name="Code">The frame's code, or the close code.</param>
/// <param name="Error">The frame's error.</param>
internal readonly record struct Expected(int Slot, string? SessionType, string Code, string? Error = null)
{
    public static Expected Frame(int slot, string sessionType) => new(slot, sessionType, "0");

    public static Expected Refusal(int slot, string sessionType, string error) => new(slot, sessionType, "-1", error);

    public static Expected Close(int slot, int code) => new(slot, null, $"{code}");
}
