namespace Swp.Relay;

/// <summary>What a link needs to know of the frames it carries.</summary>
public interface IRelayFrame
{
    /// <summary>What the frame weighs in a queue, in bytes: its payload, its message (three bytes a character) and a flat rate for the rest.</summary>
    int Weight { get; }
}
