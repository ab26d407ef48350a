using System.Text;
using Swp.Testing.Clients;

namespace Swp.Hostile.Attacks;

/// <summary>Peers that are slow, that fall silent, or that never begin.</summary>
internal static class SilentAttacks
{
    /// <summary>What a client may send at most.</summary>
    private const int MaxMessageBytes = 64 * 1024;

    public static IReadOnlyList<Attack> All { get; } =
    [
        new()
        {
            Name = "never-reads",
            What = "clients that ask for 60 KB again and again and never read",
            Count = 50,
            ShortCount = 10,
            KiBEach = 4 * 1024,
            Ends = ["4002", "cut"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.OpenAsync();
                return await assault.FloodAsync(client, Text(TestClient.Frame("0003", $"\"{new string('x', 60_000)}\"", "1")), 1, reading: false);
            }),
        },
        new()
        {
            Name = "byte-a-second",
            What = "clients that send a message of 60,000 bytes, one byte a second",
            Count = 200,
            ShortCount = 50,
            Ends = ["4001"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.OpenAsync();
                await client.SendAsync(RawClient.Frame(RawClient.Text, new byte[60_000]).AsMemory(0, 8), assault.Cancelled);
                var ending = assault.EndOfAsync(client);
                await assault.DripAsync(client, (byte)'{', ending);
                return await ending;
            }),
        },
        new()
        {
            Name = "header-byte-a-second",
            What = "handshakes whose headers come one byte a second",
            Count = 200,
            ShortCount = 50,
            Ends = ["408", "cut"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.ConnectAsync();
                await client.SendAsync(Encoding.ASCII.GetBytes("GET /wss/caller HTTP/1.1\r\nHost: localhost\r\nX: "), assault.Cancelled);
                var answering = HeadOrCutAsync(assault, client);
                await assault.DripAsync(client, (byte)'x', answering);
                return await answering;
            }),
        },
        new()
        {
            Name = "silent-tcp",
            What = "connections on which nothing is ever said",
            Count = 2_000,
            ShortCount = 500,
            Ends = ["408", "cut"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.ConnectAsync();
                return await HeadOrCutAsync(assault, client);
            }),
        },
        new()
        {
            Name = "never-open",
            What = "sockets that never OPEN, more than one address may have; meanwhile clients of other addresses come",
            Count = 12_000,
            ShortCount = 1_500,
            KiBEach = 48,
            Ends = ["4508", "503"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.ConnectAsync();
                if (!await assault.TryUpgradeAsync(client))
                {
                    await assault.ComeFromElsewhereAsync();
                    return "503";
                }

                return await assault.EndOfAsync(client);
            }),
        },
        new()
        {
            Name = "half-open",
            What = "clients that are there no more: nothing is read, sent or closed after OPEN",
            Count = 1_000,
            ShortCount = 200,
            KiBEach = 48,
            Ends = ["4001, cut"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.OpenAsync();
                var code = await assault.EndOfAsync(client);

                // The close frame is not answered: what counts is that the server keeps nothing for an answer.
                await client.WaitForEndAsync(assault.Cancelled);
                return $"{code}, cut";
            }),
        },
        new()
        {
            Name = "unfinished-messages",
            What = "clients that send all of the largest message but its last byte",
            Count = 500,
            ShortCount = 100,
            KiBEach = 256,
            Ends = ["4001"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.OpenAsync();
                await client.SendAsync(RawClient.Frame(RawClient.Text, new byte[MaxMessageBytes]).AsMemory()[..^1], assault.Cancelled);
                return await assault.EndOfAsync(client);
            }),
        },
        new()
        {
            Name = "unread-pings",
            What = "clients that ping as fast as they can and read no pong",
            Count = 20,
            ShortCount = 5,
            KiBEach = 1024,
            Ends = ["4001", "cut"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.OpenAsync();
                return await assault.FloodAsync(client, FrameAttacks.Repeat(RawClient.Frame(RawClient.Ping, new byte[125]), 100), 100, reading: false);
            }),
        },
    ];

    private static byte[] Text(string text) => RawClient.Frame(RawClient.Text, Encoding.UTF8.GetBytes(text));

    private static async Task<string> HeadOrCutAsync(Assault assault, RawClient client)
    {
        try
        {
            return (await client.ReceiveHeadAsync(assault.Cancelled)).Split(' ')[1];
        }
        catch (IOException)
        {
            return "cut";
        }
    }
}
