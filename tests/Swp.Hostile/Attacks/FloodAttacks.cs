using System.Text;
using Swp.Testing.Clients;

namespace Swp.Hostile.Attacks;

/// <summary>Much of what is allowed, as fast as it is taken.</summary>
internal static class FloodAttacks
{
    private const int AtATime = 100;

    private static readonly byte[] Hearts = Many(TestClient.Frame("0000", uuid: "1"));

    public static IReadOnlyList<Attack> All { get; } =
    [
        OfFrames("ping-flood", "clients that ping as fast as they can, and read the pongs", RawClient.Frame(RawClient.Ping, new byte[125]), "still open"),
        OfMessages("unasked-answers", "clients that answer what they were not asked", "0002", "still open", "4005"),
        OfMessages("query-flood", "clients that ask as fast as they can", "0003", "still open", "4005", "4002", "cut"),
        OfMessages("unknown-type-flood", "clients that send session types that do not exist", "0009", "still open", "4002", "4005"),
        new()
        {
            Name = "open-again-flood",
            What = "clients that OPEN again and again on one connection",
            Count = 8,
            ShortCount = 4,
            KiBEach = 2 * 1024,
            Ends = ["still open", "4002", "4005"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                var id = Guid.NewGuid().ToString("N");
                using var client = await assault.OpenAsync(id);
                return await assault.FloodAsync(client, Many(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}""", "1")), AtATime);
            }),
        },
        new()
        {
            Name = "heart-flood",
            What = "clients that send 10,000 HEARTs without a pause",
            Count = 2_000,
            ShortCount = 40,
            KiBEach = 48,
            Ends = ["4008", "cut"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.OpenAsync();
                var ending = assault.EndOfAsync(client);
                for (var sent = 0; sent < 10_000 && !ending.IsCompleted; sent += AtATime)
                {
                    await assault.SendAsync(client, Hearts, AtATime);
                }

                return await ending;
            }),
        },
        new()
        {
            Name = "new-ids",
            What = "clients that connect, OPEN with an id that was never there, and leave",
            Count = 5_000,
            ShortCount = 500,
            KiBEach = 32,
            Ends = ["open, left"],
            RunAsync = assault => assault.EveryoneAsync(async _ =>
            {
                using var client = await assault.OpenAsync();
                return "open, left";
            }),
        },
        new()
        {
            Name = "takeovers",
            What = "clients that all OPEN with the same id",
            Count = 1_000,
            ShortCount = 100,
            KiBEach = 48,
            Ends = ["4502", "4005", "still open"],
            RunAsync = assault =>
            {
                var last = new TaskCompletionSource();
                var (left, id) = (assault.Count, Guid.NewGuid().ToString("N"));
                return assault.EveryoneAsync(async number =>
                {
                    using var client = await assault.UpgradeAsync();
                    await client.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}"""), assault.Cancelled);

                    // The one that has the place in the end keeps it: the others are gone by then.
                    var ending = assault.EndOfAsync(client);
                    if (await Task.WhenAny(ending, last.Task) != ending)
                    {
                        return "still open";
                    }

                    if (Interlocked.Decrement(ref left) <= 1)
                    {
                        last.TrySetResult();
                    }

                    return await ending;
                });
            },
        },
    ];

    private static Attack OfMessages(string name, string what, string sessionType, params string[] ends) =>
        OfFrames(name, what, RawClient.Frame(RawClient.Text, Encoding.UTF8.GetBytes(TestClient.Frame(sessionType, "1", "1"))), ends);

    private static Attack OfFrames(string name, string what, byte[] frame, params string[] ends) => new()
    {
        Name = name,
        What = what,
        Count = 8,
        ShortCount = 4,
        KiBEach = 2 * 1024,
        Ends = ends,
        RunAsync = assault => assault.EveryoneAsync(async _ =>
        {
            using var client = await assault.OpenAsync();
            return await assault.FloodAsync(client, FrameAttacks.Repeat(frame, AtATime), AtATime);
        }),
    };

    private static byte[] Many(string message) => FrameAttacks.Repeat(RawClient.Frame(RawClient.Text, Encoding.UTF8.GetBytes(message)), AtATime);
}
