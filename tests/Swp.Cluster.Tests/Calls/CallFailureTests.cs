using Orleans.Runtime;
using Swp.Client.Calls;
using Swp.Clients;

namespace Swp.Cluster.Tests.Calls;

public sealed class CallFailureTests
{
    [Fact]
    public void Classify_WhatMayHaveLeft_IsLostInFlight() => Assert.All(
        new Exception[] { new SiloUnavailableException(), new TimeoutException(), new OperationCanceledException(), new TaskCanceledException() },
        exception => Assert.Equal(CallOutcome.LostInFlight, CallFailure.Classify(exception).Outcome));

    [Fact]
    public void Classify_WhatNobodyExpected_IsLostInFlight() =>
        Assert.Equal(CallOutcome.LostInFlight, CallFailure.Classify(new InvalidOperationException()).Outcome);
}
