using Swp.Relay;

namespace Swp.Cluster.Limits;

/// <summary>How much one client may send.</summary>
/// <param name="Messages">Of any kind.</param>
/// <param name="Bytes">Of whole messages, as they come in.</param>
internal readonly record struct ClientRates(Rate Messages, Rate Bytes)
{
    /// <summary>The limits of a client type.</summary>
    public static ClientRates Of(ClientTypeDescription type) =>
        new(new Rate(type.MessagesPerSecond, type.MessageBurst), new Rate(type.BytesPerSecond, type.ByteBurst));

    public bool IsOff => Messages.IsOff && Bytes.IsOff;
}
