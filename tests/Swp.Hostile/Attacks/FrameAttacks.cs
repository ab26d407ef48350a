using Swp.Testing.Clients;

namespace Swp.Hostile.Attacks;

/// <summary>Frames as RFC 6455 has them, and as it does not.</summary>
internal static class FrameAttacks
{
    private const int PiecesAtATime = 1_000;

    public static IReadOnlyList<Attack> All { get; } =
    [
        new()
        {
            Name = "empty-fragments",
            What = "messages of empty pieces that never end",
            Count = 20,
            ShortCount = 5,
            Ends = ["1009"],
            RunAsync = assault => assault.EveryoneAsync(_ => PiecesAsync(assault, [])),
        },
        new()
        {
            Name = "small-fragments",
            What = "messages of pieces of one byte that never end",
            Count = 20,
            ShortCount = 5,
            KiBEach = 256,
            Ends = ["1009"],
            RunAsync = assault => assault.EveryoneAsync(_ => PiecesAsync(assault, " "u8.ToArray())),
        },
        new()
        {
            Name = "endless-frame",
            What = "frames that say that 2^62 bytes follow, and begin to send them",
            Count = 50,
            ShortCount = 10,
            KiBEach = 256,
            Ends = ["1009", "1002"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.OpenAsync();
                await client.SendAsync(new byte[] { RawClient.Text, 0x80 | 127, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, assault.Cancelled);
                return await assault.FloodAsync(client, new byte[16 * 1024], 1);
            }),
        },
        new()
        {
            Name = "broken-frames",
            What = "frames that RFC 6455 forbids: reserved bits, reserved opcodes, no mask, a long ping, a piece of nothing",
            Count = 500,
            ShortCount = 50,
            KiBEach = 48,
            Ends = ["1002"],
            RunAsync = assault => assault.EveryoneAsync(async number =>
            {
                byte[][] broken =
                [
                    [0xC1, 0x80, 0, 0, 0, 0],
                    [0xA1, 0x80, 0, 0, 0, 0],
                    [0x83, 0x80, 0, 0, 0, 0],
                    [0x8F, 0x80, 0, 0, 0, 0],
                    [0x81, 0x08, .. "{      }"u8],
                    [0x89, 0x80 | 126, 0, 126, 0, 0, 0, 0, .. new byte[126]],
                    [0x80, 0x80, 0, 0, 0, 0],
                    [0x09, 0x80, 0, 0, 0, 0],
                ];
                using var client = await assault.OpenAsync();
                await client.SendAsync(broken[number % broken.Length], assault.Cancelled);
                return await assault.EndOfAsync(client);
            }),
        },
        new()
        {
            Name = "compression",
            What = "handshakes that offer permessage-deflate, and then send a compressed bomb all the same",
            Count = 200,
            ShortCount = 20,
            KiBEach = 48,
            Ends = ["not accepted, 1002"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.ConnectAsync();
                var head = await client.RequestAsync(RawClient.Handshake("/wss/caller", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"), assault.Cancelled);
                await client.SendAsync(RawClient.Frame(0xC1, new byte[1024]), assault.Cancelled);
                return $"{(head.Contains("Sec-WebSocket-Extensions", StringComparison.OrdinalIgnoreCase) ? "accepted" : "not accepted")}, {await assault.EndOfAsync(client)}";
            }),
        },
    ];

    /// <summary>The same bytes many times over: a flood is not to be held up by its own calls.</summary>
    public static byte[] Repeat(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(one => one)];

    private static async Task<string> PiecesAsync(Assault assault, byte[] piece)
    {
        using var client = await assault.OpenAsync();
        await client.SendAsync(RawClient.Frame(RawClient.TextBegins, piece), assault.Cancelled);
        return await assault.FloodAsync(client, Repeat(RawClient.Frame(RawClient.Continues, piece), PiecesAtATime), PiecesAtATime);
    }
}
