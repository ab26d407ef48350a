using Swp.Bench.Reports.Vocabulary;
using Swp.Testing.Processes;

namespace Swp.Bench.Contenders;

/// <summary>ASP.NET Core SignalR, alone or with its Redis backplane.</summary>
internal sealed class SignalRContender(bool backplane) : PeerContender(backplane ? ContenderNames.SignalRRedis : ContenderNames.SignalR, backplane)
{
    public override string? WhyAbsent => null;

    protected override string Dialect => "signalr";

    protected override IEnumerable<string> Command(int port, string? redis)
    {
        string[] start = ["dotnet", BuiltProgram.Find("Swp.Bench.SignalR"), "--port", $"{port}"];
        return redis is null ? start : [.. start, "--redis", redis];
    }
}
