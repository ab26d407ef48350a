using System.Text.Json;
using Swp.Testing.Clients;

namespace Swp.Hostile.Attacks;

/// <summary>Names that are meant for something else than naming.</summary>
internal static class NameAttacks
{
    /// <summary>What a forged line of the log would say.</summary>
    public const string Forged = "12:00:00.000 FTL Swp.Forged all is lost";

    private static readonly string[] Paths =
        ["../999", "./x", "a/b", "a//b", "/", "%2F", "%252F", "%00", "a%2e%2e", "?x=1", "#", ";x", "caller/999", "*", "{id}", "requests", "a/requests", " ", "\\\\server", "con", "\u202e999", "９９９", "叫号/😀"];

    private static readonly string[] Breaks = ["\n", "\r\n", "\r", "\u0085", "\u0000", "\u001b[2K", "\u2028", "\u2029"];

    public static IReadOnlyList<Attack> All { get; } =
    [
        new()
        {
            Name = "path-ids",
            What = "clients whose ids look like paths: each is itself, and reached by its own name only",
            Count = Paths.Length,
            ShortCount = Paths.Length,
            KiBEach = 256,
            Ends = ["reached by its own name"],
            RunAsync = assault => assault.EveryoneAsync(async number =>
            {
                var id = Paths[number];
                using var client = await assault.OpenAsync(JsonEncodedText.Encode(id).ToString());
                var calling = assault.Server.Operations.CallAsync("caller", id);
                if (await client.ReceiveTextAsync(assault.Cancelled) is not { } text)
                {
                    return $"{id}: {client.CloseCode}";
                }

                var request = new TestFrame(text);
                await client.SendTextAsync(TestClient.Frame("0002", JsonSerializer.Serialize(id), JsonSerializer.Serialize(request.Uuid)), assault.Cancelled);
                var answer = await calling;
                var status = await assault.Server.Operations.StatusAsync("caller", id);
                return answer["data"] == id && status["id"] == id ? "reached by its own name" : $"{answer} {status}";
            }),
        },
        new()
        {
            Name = "colliding-ids",
            What = "clients whose ids have the same hash",
            Count = 5_000,
            ShortCount = 500,
            KiBEach = 64,
            Ends = ["open, left"],
            RunAsync = async assault =>
            {
                var ids = CollidingIds.Take(assault.Count).ToArray();
                await assault.EveryoneAsync(async number =>
                {
                    using var client = await assault.OpenAsync(ids[number]);
                    await client.SendTextAsync(TestClient.Frame("0003", "1", "1"), assault.Cancelled);
                    return await client.ReceiveTextAsync(assault.Cancelled) is not null ? "open, left" : $"{client.CloseCode}";
                });
            },
        },
        new()
        {
            Name = "log-forging",
            What = "ids, uuids, messages and tokens with line breaks and what a line of the log looks like",
            Count = 400,
            ShortCount = 80,
            KiBEach = 48,
            Ends = ["4507", "answered", "1007"],
            RunAsync = assault => assault.EveryoneAsync(async number =>
            {
                var text = JsonEncodedText.Encode($"{Breaks[number % Breaks.Length]}{Forged}").ToString();
                using var client = await assault.UpgradeAsync();
                await client.SendTextAsync($$$"""{"sessionType":"0001","uuid":"{{{number}}}","msg":"{{{text}}}","data":{"clientId":"x{{{number}}}{{{text}}}","token":"{{{text}}}"}}""", assault.Cancelled);
                var answer = await client.ReceiveTextAsync(assault.Cancelled);
                return answer is null ? $"{client.CloseCode}"
                    : new TestFrame(answer).Code == "0" ? "answered"
                    : await assault.EndOfAsync(client);
            }),
        },
    ];
}
