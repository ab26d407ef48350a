using Swp.Protocol;

namespace Swp.Gateway.Protocol;

/// <summary>Why bytes are no frame.</summary>
internal enum FrameFault : byte
{
    None = 0,

    /// <summary>Not JSON, not an object, too deep, or not UTF-8.</summary>
    NotAnObject,

    /// <summary>No <c>sessionType</c>, or not a string.</summary>
    NoSessionType,

    /// <summary>A <c>uuid</c> that is neither string nor number, or longer than 64 characters.</summary>
    BadUuid,

    /// <summary>A <c>code</c> or <c>msg</c> of a kind that cannot be relayed, or longer than a frame may carry.</summary>
    BadStatus,
}

internal static class FrameFaults
{
    /// <summary>The code a connection is closed with.</summary>
    public static CloseCode ToCloseCode(this FrameFault fault) => fault switch
    {
        FrameFault.NotAnObject => CloseCode.InvalidPayload,
        _ => CloseCode.ProtocolError,
    };
}
