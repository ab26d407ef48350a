// Close codes and error codes in words: docs/protocol.md says the same.
import { define, has, t } from "/shared/i18n.js";

const names = {
  1000: "normal", 1001: "going_away", 1003: "unsupported_data", 1007: "invalid_payload", 1009: "message_too_big",
  4001: "heartbeat_timeout", 4002: "slow_consumer", 4003: "draining", 4004: "owner_unavailable", 4005: "rate_limited", 4006: "token_expired",
  4007: "internal_error", 4008: "heartbeat_too_frequent", 4500: "unknown_client_type", 4501: "unauthorized", 4502: "superseded",
  4504: "forbidden_origin", 4505: "banned", 4506: "disconnected_by_server", 4507: "protocol_error", 4508: "not_opened",
};

define({
  en: {
    "close.0": "This is no address that can be connected to.",
    "close.1000": "The server closed the connection.",
    "close.1001": "The server went away.",
    "close.1003": "A binary message: the server reads text only.",
    "close.1005": "The server closed the connection without a reason.",
    "close.1006": "The connection broke, or was never made: the server is not there, takes no more connections just now, or the network is cut.",
    "close.1007": "The server could not read what was sent: no JSON, or no UTF-8.",
    "close.1009": "A message was larger than this type may send.",
    "close.4001": "The server heard nothing for too long.",
    "close.4002": "What the server sent was not read fast enough.",
    "close.4003": "The gateway goes away and asks to connect again at once.",
    "close.4004": "The client's owner in the cluster cannot be reached.",
    "close.4005": "More was sent than allowed, for long; or two connections fight over this id.",
    "close.4006": "The token's time is over. Put in a new one.",
    "close.4007": "A fault of the server.",
    "close.4008": "Heartbeats came closer together than allowed.",
    "close.4500": "There is no such client type. Correct the type.",
    "close.4501": "The token, or the type's service, refused this client. Put in a valid token, or ask whoever runs the server.",
    "close.4502": "The same client has opened a newer connection somewhere else, which speaks for it now.",
    "close.4504": "Pages of this address may not connect: whoever runs the server adds it to Swp:AllowedOrigins.",
    "close.4505": "This client is banned. Ask whoever runs the server.",
    "close.4506": "Somebody disconnected this client on purpose. Connect again if you are meant to.",
    "close.4507": "The server says that the protocol was broken.",
    "close.4508": "OPEN was not sent in time, or not first.",
    "close.other": "The server closed the connection.",

    "error.unknown_session_type": "The server does not know this kind of message.",
    "error.heartbeat_too_frequent": "Heartbeats came closer together than allowed.",
    "error.rate_limited": "More was sent, or asked at once, than allowed.",
    "error.invalid_client_id": "The id is not valid: 1 to 128 characters.",
    "error.unauthorized": "The token, or the type's service, refused this client.",
    "error.banned": "This client is kept out.",
    "error.unknown_client_type": "There is no such client type.",
    "error.superseded": "A newer connection speaks for this client.",
    "error.lost_in_flight": "The owner that had the query was lost: it may have been carried out. Find out before asking again.",
    "error.owner_unavailable": "The client's owner cannot be reached, or is moving; nothing was carried out.",
    "error.query_failed": "The service refused the query.",
    "error.internal_error": "The service failed. Report the reference in the message: the server's log has it too.",
    "retry.yes": "It may be asked again.",
    "retry.after": "It may be asked again after {0} s.",
    "retry.no": "Asking again the same way will not help.",
  },
  zh: {
    "close.0": "无法连接到这个地址。",
    "close.1000": "服务端关闭了连接。",
    "close.1001": "服务端已离开。",
    "close.1003": "收到二进制消息：服务端只读取文本。",
    "close.1005": "服务端关闭了连接，没有说明原因。",
    "close.1006": "连接中断或未能建立：服务端不在、暂时不接受新连接，或网络不通。",
    "close.1007": "服务端无法读取收到的内容：不是 JSON 或不是 UTF-8。",
    "close.1009": "消息超过了该类型允许的大小。",
    "close.4001": "服务端太久没有收到任何消息。",
    "close.4002": "没有及时读取服务端发来的内容。",
    "close.4003": "网关即将离开，请立即重新连接。",
    "close.4004": "集群中无法联系到该客户端的属主。",
    "close.4005": "长时间发送过多；或两个连接在争用同一个编号。",
    "close.4006": "令牌已过期，请填写新的令牌。",
    "close.4007": "服务端故障。",
    "close.4008": "心跳过于频繁。",
    "close.4500": "没有这种客户端类型，请更正类型。",
    "close.4501": "令牌或该类型的服务拒绝了此客户端。请填写有效的令牌，或联系服务端的管理者。",
    "close.4502": "同一客户端在别处建立了更新的连接，由那个连接代表它。",
    "close.4504": "此地址的页面不允许连接：请管理者把它加入 Swp:AllowedOrigins。",
    "close.4505": "此客户端已被封禁，请联系服务端的管理者。",
    "close.4506": "有人主动断开了此客户端。如果应当连接，请手动重连。",
    "close.4507": "服务端认为违反了协议。",
    "close.4508": "没有及时发送 OPEN，或它不是第一条消息。",
    "close.other": "服务端关闭了连接。",

    "error.unknown_session_type": "服务端不认识这种消息。",
    "error.heartbeat_too_frequent": "心跳过于频繁。",
    "error.rate_limited": "发送或同时查询过多。",
    "error.invalid_client_id": "编号无效：应为 1 到 128 个字符。",
    "error.unauthorized": "令牌或该类型的服务拒绝了此客户端。",
    "error.banned": "此客户端已被封禁。",
    "error.unknown_client_type": "没有这种客户端类型。",
    "error.superseded": "更新的连接代表此客户端。",
    "error.lost_in_flight": "处理查询的属主已丢失：查询可能已被执行，重问之前请先核实。",
    "error.owner_unavailable": "无法联系到客户端的属主，或它正在迁移；什么都没有执行。",
    "error.query_failed": "服务拒绝了这个查询。",
    "error.internal_error": "服务出现故障。请报告消息中的编号：服务端日志里也有。",
    "retry.yes": "可以再问一次。",
    "retry.after": "{0} 秒后可以再问。",
    "retry.no": "以同样方式重问没有用。",
  },
});

/** A close code with its name: "4003 draining". */
export const closeName = (code) => (code in names ? `${code} ${names[code]}` : String(code));

/** A close code in words. */
export const closeWords = (code) => t(has(`close.${code}`) ? `close.${code}` : "close.other");

/** An error in words: what happened, and whether to try again. */
export function errorWords({ code, retryable, retryAfterMs }) {
  const what = has(`error.${code}`) ? t(`error.${code}`) : code;
  const then = !retryable ? t("retry.no") : retryAfterMs ? t("retry.after", (retryAfterMs / 1000).toFixed(1)) : t("retry.yes");
  return `${what} ${then}`;
}
