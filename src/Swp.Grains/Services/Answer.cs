using System.Text.Json;
using Swp.Clients;
using Swp.Protocol;

namespace Swp.Grains.Services;

/// <summary>The answer to a client's query.</summary>
public sealed class Answer
{
    private Answer(string code, string? message, JsonPayload data, bool isRelayed, ErrorDetail? error)
    {
        Code = code;
        Message = message;
        Data = data;
        IsRelayed = isRelayed;
        Error = error;
    }

    /// <summary><c>"0"</c> for success.</summary>
    public string Code { get; }

    /// <summary>Words for the client.</summary>
    public string? Message { get; }

    /// <summary>The payload.</summary>
    public JsonPayload Data { get; }

    /// <summary>What a program can act on, when the query failed.</summary>
    public ErrorDetail? Error { get; }

    /// <summary>Whether the payload goes out byte for byte, instead of in the type's payload style.</summary>
    internal bool IsRelayed { get; }

    /// <summary>Success, with an object that is serialised with the web defaults and sent in the payload style of the client's type.</summary>
    public static Answer From<T>(T value, JsonSerializerOptions? options = null) => new("0", null, JsonPayload.From(value, options), isRelayed: false, null);

    /// <summary>Success, with JSON that goes out byte for byte.</summary>
    public static Answer Relay(JsonPayload data) => new("0", null, data, isRelayed: true, null);

    /// <summary>Success, with the query's own data byte for byte.</summary>
    public static Answer Echo(Query query) => Relay(query.Data);

    /// <summary>Failure, in words for the client.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="code">The failure's code; anything but <c>"0"</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is <c>"0"</c>.</exception>
    public static Answer Fail(string message, string code = "-1") => Fail(message, new ErrorDetail(ErrorCodes.QueryFailed), code);

    /// <summary>Failure, with a detail that a program can act on.</summary>
    /// <inheritdoc cref="Fail(string, string)"/>
    public static Answer Fail(string message, ErrorDetail error, string code = "-1")
    {
        if (code == "0")
        {
            throw new ArgumentException("\"0\" means success.", nameof(code));
        }

        return new(code, message, JsonPayload.None, isRelayed: false, error);
    }
}
