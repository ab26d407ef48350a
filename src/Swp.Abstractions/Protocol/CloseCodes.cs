namespace Swp.Protocol;

/// <summary>The names of the close codes and what a client does after them.</summary>
public static class CloseCodes
{
    /// <summary>The reason sent in the close frame, for example <c>superseded</c>.</summary>
    public static string ToReason(this CloseCode code) => code switch
    {
        CloseCode.Normal => "",
        CloseCode.UnsupportedData => "unsupported_data",
        CloseCode.InvalidPayload => "invalid_payload",
        CloseCode.MessageTooBig => "message_too_big",
        CloseCode.HeartbeatTimeout => "heartbeat_timeout",
        CloseCode.SlowConsumer => "slow_consumer",
        CloseCode.Draining => "draining",
        CloseCode.OwnerUnavailable => "owner_unavailable",
        CloseCode.RateLimited => "rate_limited",
        CloseCode.TokenExpired => "token_expired",
        CloseCode.InternalError => "internal_error",
        CloseCode.HeartbeatTooFrequent => "heartbeat_too_frequent",
        CloseCode.UnknownClientType => "unknown_client_type",
        CloseCode.Unauthorized => "unauthorized",
        CloseCode.Superseded => "superseded",
        CloseCode.ForbiddenOrigin => "forbidden_origin",
        CloseCode.Banned => "banned",
        CloseCode.DisconnectedByServer => "disconnected_by_server",
        CloseCode.ProtocolError => "protocol_error",
        CloseCode.NotOpened => "not_opened",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };

    /// <summary>Whether a client may reconnect after a connection was closed with <paramref name="code"/>: the rule of the ranges.</summary>
    public static bool MayReconnect(int code) => code is (< 4500 or > 4999) and not (1003 or 1007 or 1009);
}
