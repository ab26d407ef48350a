using System.Globalization;

namespace Swp.Gateway.Tests.Kit;

/// <summary>Messages as they stand on the wire.</summary>
internal static class Wire
{
    public static string Open(string id, string uuid = "o") => $$"""{"sessionType":"0001","data":{"clientId":"{{id}}"},"uuid":"{{uuid}}"}""";

    public static string Heart(string uuid = "h") => $$"""{"code":"0","msg":"open session","sessionType":"0000","data":"999","uuid":"{{uuid}}"}""";

    public static string Query(string uuid, string data = "1") => $$"""{"sessionType":"0003","data":{{data}},"uuid":"{{uuid}}"}""";

    public static string Answer(string uuid, string data = "1") => $$"""{"code":"0","sessionType":"0002","data":{{data}},"uuid":"{{uuid}}"}""";

    public static string OpenAnswer(TestGateway gateway, string id, string uuid = "o") =>
        $$"""{"code":"0","sessionType":"0001","sessionTime":{{Now(gateway)}},"data":"{\"clientId\":\"{{id}}\",\"msg\":\"success\"}","uuid":"{{uuid}}"}""";

    public static string Now(TestGateway gateway) => gateway.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
