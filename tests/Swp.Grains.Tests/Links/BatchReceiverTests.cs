using Swp.Cluster.Links;
using Swp.Relay;

namespace Swp.Grains.Tests.Links;

public sealed class BatchReceiverTests
{
    private readonly BatchReceiver<TestFrame> _receiver = new();
    private readonly List<long> _applied = [];

    [Fact]
    public void Receive_EachBatchOnce()
    {
        Receive(10);
        Receive(11);
        Assert.Equal([10, 11], _applied);
    }

    [Fact]
    public void Receive_Again_IsTheSameReceiptAndHasNoSecondEffect()
    {
        var receipt = Receive(10);
        Assert.Same(receipt, Receive(10));
        Assert.Equal([10], _applied);
        Assert.NotSame(receipt, Receive(11));
    }

    [Fact]
    public void Receive_AnOlderOneThatWasUnderWayForLong_HasNoEffect()
    {
        Receive(10);
        Receive(11);
        Receive(10);
        Assert.Equal([10, 11], _applied);
    }

    [Fact]
    public void Receive_OtherSender_HasNumbersOfItsOwn()
    {
        Receive(10);
        _receiver.Receive(Members.Gateway2, 10, 0L, Apply);
        Assert.Equal([10, 0], _applied);
    }

    [Fact]
    public void Receive_ApplyThrew_IsAppliedWhenItComesAgain()
    {
        Assert.Throws<InvalidOperationException>(() => _receiver.Receive(Members.Gateway1, 10, 0, static _ => throw new InvalidOperationException()));
        Receive(10);
        Assert.Equal([10], _applied);
    }

    [Fact]
    public void Forget_Sender_StartsAnew()
    {
        Receive(10);
        _receiver.Forget(Members.Gateway1);
        Receive(10);
        Assert.Equal([10, 10], _applied);
    }

    private RelayReceipt Receive(long number) => _receiver.Receive(Members.Gateway1, number, number, Apply);

    private RelayReceipt Apply(long number)
    {
        _applied.Add(number);
        return new RelayReceipt([]);
    }
}
