using Swp.Protocol;

namespace Swp.Grains.Tests.Protocol;

public sealed class CloseCodesTests
{
    public static TheoryData<int, string, bool> Table() => new()
    {
        { 1000, "", true },
        { 1003, "unsupported_data", false },
        { 1007, "invalid_payload", false },
        { 1009, "message_too_big", false },
        { 4001, "heartbeat_timeout", true },
        { 4002, "slow_consumer", true },
        { 4003, "draining", true },
        { 4004, "owner_unavailable", true },
        { 4005, "rate_limited", true },
        { 4006, "token_expired", true },
        { 4007, "internal_error", true },
        { 4008, "heartbeat_too_frequent", true },
        { 4500, "unknown_client_type", false },
        { 4501, "unauthorized", false },
        { 4502, "superseded", false },
        { 4504, "forbidden_origin", false },
        { 4505, "banned", false },
        { 4506, "disconnected_by_server", false },
        { 4507, "protocol_error", false },
        { 4508, "not_opened", false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Table_ReasonAndWhetherToReconnect(int code, string reason, bool mayReconnect)
    {
        Assert.Equal(reason, ((CloseCode)code).ToReason());
        Assert.Equal(mayReconnect, CloseCodes.MayReconnect(code));
    }

    [Fact]
    public void Table_HoldsEveryCode() =>
        Assert.Equal(Enum.GetValues<CloseCode>().Select(code => (int)code).Order(), Table().Select(row => row.Data.Item1).Order());

    [Theory]
    [InlineData(1001, true)]
    [InlineData(1006, true)]
    [InlineData(1012, true)]
    [InlineData(4000, true)]
    [InlineData(4499, true)]
    [InlineData(4999, false)]
    [InlineData(5000, true)]
    public void MayReconnect_CodesOfOthers_FollowTheRanges(int code, bool mayReconnect) => Assert.Equal(mayReconnect, CloseCodes.MayReconnect(code));

    [Fact]
    public void ToReason_UnknownCode_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ((CloseCode)4503).ToReason());
}
