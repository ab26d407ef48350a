using System.Text;
using Swp.Testing.Clients;

namespace Swp.Hostile.Attacks;

/// <summary>What comes instead of a handshake.</summary>
internal static class HandshakeAttacks
{
    private static readonly string[] Requests =
    [
        // One header of 1 MiB; one that never ends; 2,000 headers; a path of 1 MiB; a token of 100 KB.
        RawClient.Handshake("/wss/caller", $"X-Large: {new string('x', 1024 * 1024)}\r\n"),
        $"GET /wss/caller HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 1024 * 1024)}",
        RawClient.Handshake("/wss/caller", string.Concat(Enumerable.Range(0, 2_000).Select(number => $"X-{number}: 1\r\n"))),
        $"GET /wss/{new string('a', 1024 * 1024)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        RawClient.Handshake("/wss/caller", $"Authorization: Bearer {new string('t', 100_000)}\r\n"),
    ];

    private static readonly string[] Garbage =
    [
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /wss/caller\r\n\r\n",
        "GET /wss/caller HTTP/9.9\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "GET /wss/caller HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /wss/caller HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET /wss/caller HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nZZ\r\n",
        "GET /wss/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        RawClient.Handshake("/wss/caller").Replace("Version: 13", "Version: 7"),
        RawClient.Handshake("/wss/caller").Replace("dGhlIHNhbXBsZSBub25jZQ==", "short"),
        RawClient.Handshake("/wss/caller").Replace("GET", "POST"),
    ];

    public static IReadOnlyList<Attack> All { get; } =
    [
        new()
        {
            Name = "huge-headers",
            What = "requests with headers, or a path, of up to 1 MiB",
            Count = 200,
            ShortCount = 50,
            KiBEach = 512,
            Ends = ["431", "414", "400", "cut"],
            RunAsync = assault => assault.EveryoneAsync(number => RequestAsync(assault, Requests[number % Requests.Length])),
        },
        new()
        {
            Name = "no-handshake",
            What = "TLS, HTTP/2, two hosts, bad lengths, wrong versions and keys, bytes",
            Count = 1_200,
            ShortCount = 120,
            KiBEach = 64,
            Ends = ["400", "404", "405", "426", "505", "cut"],
            RunAsync = assault => assault.EveryoneAsync(number => RequestAsync(assault, Garbage[number % Garbage.Length])),
        },
        new()
        {
            Name = "unknown-types",
            What = "handshakes for types that do not exist, with line breaks in their names",
            Count = 1_000,
            ShortCount = 100,
            KiBEach = 48,
            Ends = ["4500", "404"],
            RunAsync = assault => assault.EveryoneAsync(async number =>
            {
                using var client = await assault.ConnectAsync();
                var head = await client.RequestAsync(RawClient.Handshake($"/wss/{number}%0d%0a{Uri.EscapeDataString(NameAttacks.Forged)}"), assault.Cancelled);
                return head.Split(' ')[1] is "101" ? await assault.EndOfAsync(client) : head.Split(' ')[1];
            }),
        },
    ];

    private static async Task<string> RequestAsync(Assault assault, string request)
    {
        using var client = await assault.ConnectAsync();
        try
        {
            var answering = client.ReceiveHeadAsync(assault.Cancelled);
            await client.SendAsync(Encoding.Latin1.GetBytes(request), assault.Cancelled);
            return (await answering).Split(' ')[1];
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            // It had seen enough before everything was sent, and the answer is lost with the rest.
            return "cut";
        }
    }
}
