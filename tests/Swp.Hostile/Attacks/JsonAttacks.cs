using System.Text;
using Swp.Testing.Clients;

namespace Swp.Hostile.Attacks;

/// <summary>Messages that are meant to cost their reader much.</summary>
internal static class JsonAttacks
{
    private const int Members = 100_000;

    public static IReadOnlyList<Attack> All { get; } =
    [
        OneMessage("json-members", "messages of 64 KiB that are nothing but members", Fill(number => $",\"m{number}\":0"), "answered"),
        OneMessage("json-same-member", "messages in which data, uuid and msg come 1,500 times", Fill(number => $",\"data\":{number},\"uuid\":{number},\"msg\":\"{number}\""), "answered"),
        OneMessage("json-deep", "messages with 30,000 open brackets", $$"""{"sessionType":"0003","data":{{new string('[', 30_000)}}{{new string(']', 30_000)}}}""", "1007"),
        OneMessage("json-deep-strings", "queries whose data is text with 30,000 open brackets", $$"""{"sessionType":"0003","uuid":"1","data":"{{new string('[', 30_000)}}"}""", "answered"),
        OneMessage("json-surrogates", "ids and texts with half a surrogate pair", """{"sessionType":"0003","uuid":"\ud800","msg":"\udc00","data":"\ud800"}""", "1007"),
        OneMessage("json-numbers", "numbers of 60,000 digits where a short one is due", $$"""{"sessionType":"0003","uuid":{{new string('9', 60_000)}}}""", "4507"),
        OneMessage("json-exponents", "data with exponents that no number type has", """{"sessionType":"0003","uuid":"1","data":[1e999999999,-1e-999999999,0.0000000000000000000000000000001]}""", "answered"),
        OneMessage("json-not-utf8", "messages that are not UTF-8", "{\"sessionType\":\"0003\",\"data\":\"\u00ed\u00a0\u0080\u00ff\"}", "1007"),
        new()
        {
            Name = "json-queries",
            What = "queries to the hospital type with numbers, nesting and texts that it cannot mean",
            Count = 1_000,
            ShortCount = 100,
            KiBEach = 64,
            Ends = ["answered"],
            RunAsync = assault => assault.EveryoneAsync(async number =>
            {
                string[] data =
                [
                    """{"busiType":"feeItem","pageSize":1e400}""",
                    """{"busiType":"feeItem","pageIndex":99999999999999999999999}""",
                    """{"busiType":"feeItem","pageIndex":2147483647,"pageSize":200}""",
                    $$"""{"busiType":{{new string('[', 50)}}{{new string(']', 50)}}}""",
                    """{"busiType":"\ud800","modifyTime":"9999-99-99 99:99:99"}""",
                    $"\"{new string('[', 20_000)}\"",
                    "\"\\ud800{\"",
                    "[]",
                ];
                using var client = await assault.OpenAsync(type: "his");
                return await AskAsync(assault, client, $$"""{"sessionType":"0003","uuid":"1","data":{{data[number % data.Length]}}}""");
            }),
        },
        new()
        {
            Name = "api-members",
            What = "calls over HTTP with 10^5 members, the same member 10^5 times, 10^5 brackets",
            Count = 60,
            ShortCount = 9,
            KiBEach = 8 * 1024,
            Ends = ["413", "400"],
            RunAsync = assault => assault.EveryoneAsync(async number =>
            {
                string[] bodies =
                [
                    $"{{\"data\":{{{string.Join(',', Enumerable.Range(0, Members).Select(member => $"\"m{member}\":0"))}}}}}",
                    $$"""{"timeoutMs":1{{string.Concat(Enumerable.Repeat(",\"timeoutMs\":0", Members))}}}""",
                    $$"""{"data":{{new string('[', Members)}}""",
                ];
                var answer = await assault.Server.Operations.PostAsync($"/api/v1/clients/caller/{Guid.NewGuid():N}/requests", bodies[number % bodies.Length]);
                return $"{(int)answer.Status}";
            }),
        },
    ];

    private static Attack OneMessage(string name, string what, string message, string end) => new()
    {
        Name = name,
        What = what,
        Count = 500,
        ShortCount = 50,
        KiBEach = 512,
        Ends = [end],
        RunAsync = assault => assault.EveryoneAsync(async _ =>
        {
            using var client = await assault.OpenAsync();
            return await AskAsync(assault, client, message);
        }),
    };

    /// <summary>One byte a character: what is no UTF-8 is sent as it is meant.</summary>
    private static async Task<string> AskAsync(Assault assault, RawClient client, string message)
    {
        await client.SendAsync(RawClient.Frame(RawClient.Text, Encoding.Latin1.GetBytes(message)), assault.Cancelled);
        return await client.ReceiveTextAsync(assault.Cancelled) is not null ? "answered" : $"{client.CloseCode}";
    }

    private static string Fill(Func<int, string> member)
    {
        var message = new StringBuilder("""{"sessionType":"0003","uuid":"1" """);
        for (var number = 0; message.Length < (64 * 1024) - 100; number++)
        {
            message.Append(member(number));
        }

        return message.Append('}').ToString();
    }
}
