using Swp.Chaos.Checking;
using Swp.Chaos.Clients;
using Swp.Chaos.Reports;
using Swp.Chaos.Tests.Checking;

namespace Swp.Chaos.Tests.Reports;

public sealed class ReportRowTests
{
    private readonly TestLog _log = TestLog.Clean();

    [Fact]
    public void From_CountsTheCallsThatOverlapTheFault()
    {
        var row = RowOf();

        Assert.Equal(("gateway-kill", 1, 3, 2), (row.Fault, row.Times, row.UnderWay, row.UnderWayAffected));
        Assert.Equal(
            new Dictionary<string, int> { ["lost_in_flight"] = 1, ["completed"] = 1, ["not_connected"] = 1, ["entry_lost"] = 1 },
            row.Outcomes);
        Assert.Equal((1, 0, 0), (row.Reconnects, row.Hung, row.Wrong));
    }

    [Fact]
    public void From_SettledIsTheLastCallThatIsNotKeptOnPurpose()
    {
        // The idempotent call ends later, as it may.
        Assert.Equal(TestLog.Seconds(1), RowOf().Settled);
    }

    [Fact]
    public void From_UnansweredCall_CountsAsSettledOnlyWhereTheFaultEndsCalls()
    {
        _log.Call(50, "c1", 99, timeout: 4, script: new Script(ScriptAct.Never));
        _log.Receive(50, "c1", 1, 99.1);
        _log.End(50, "timed_out", 103);

        Assert.Equal(TestLog.Seconds(1), RowOf().Settled);
        _log.Faults[0] = _log.Faults[0] with { EndsCalls = true };
        Assert.Equal(TestLog.Seconds(3), RowOf().Settled);
    }

    private ReportRow RowOf()
    {
        var log = _log.Close();
        return ReportRow.From("gateway-kill", log.Faults, log, Checker.Check(log));
    }
}
