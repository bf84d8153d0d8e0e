using Sync.Net.Runtime.Server;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class AnswerLedgerTests
{
    private readonly AnswerLedger _ledger = new();

    [Fact]
    public void Acknowledge_SomeFrames_GivesTheirRequestsOnce()
    {
        _ledger.Add(10);
        _ledger.AddToLast(11);
        _ledger.Add(12);

        Assert.True(_ledger.TryAcknowledge(1));

        Assert.Equal([10, 11], Taken());
        Assert.True(_ledger.TryAcknowledge(2));
        Assert.Equal([12], Taken());
    }

    [Fact]
    public void Acknowledge_OlderFigure_TakesNothingBack()
    {
        _ledger.Add(10);
        Assert.True(_ledger.TryAcknowledge(1));

        Assert.True(_ledger.TryAcknowledge(0));

        Assert.Equal([10], Taken());
    }

    [Fact]
    public void Acknowledge_MoreThanWasSent_IsFalse()
    {
        _ledger.Add(10);

        Assert.False(_ledger.TryAcknowledge(2));
    }

    private List<long> Taken()
    {
        var taken = new List<long>();
        while (_ledger.TryTake(out long request)) taken.Add(request);
        return taken;
    }
}
