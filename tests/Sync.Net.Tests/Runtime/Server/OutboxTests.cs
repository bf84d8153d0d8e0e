using Sync.Net.Runtime.Server;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class OutboxTests : IOutboxOwner, IDisposable
{
    private const int Bound = 100;

    private readonly StubbornStream _stream = new();
    private readonly Outbox _outbox;
    private int _taken;
    private Exception? _failure;

    public OutboxTests() => _outbox = new Outbox(_stream, Bound, this);

    [Fact]
    public void Flush_NothingQueued_WritesNothing()
    {
        _outbox.Flush();

        Assert.Empty(_stream.Writes);
    }

    [Fact]
    public void Flush_SmallFrames_GoInOneWriteInOrder()
    {
        Assert.True(_outbox.TryEnqueue([1], shared: false));
        Assert.True(_outbox.TryEnqueue([2, 3], shared: true));
        Assert.True(_outbox.TryEnqueue([4], shared: false));

        _outbox.Flush();

        Assert.Equal([1, 2, 3, 4], Assert.Single(_stream.Writes));
    }

    [Fact]
    public void Flush_LargeFrame_GoesByItselfInPieces()
    {
        _outbox.TryEnqueue([1], shared: false);
        _outbox.TryEnqueue(new byte[300_000], shared: true);
        _outbox.TryEnqueue([2], shared: false);

        _outbox.Flush();

        Assert.Equal([1, 131_072, 131_072, 37_856, 1], _stream.Writes.Select(write => write.Length));
    }

    [Fact]
    public void Flush_WhileStuck_WritesNothingUntilTaken()
    {
        _stream.IsStuck = true;
        _outbox.TryEnqueue([1], shared: false);
        _outbox.Flush();
        _outbox.TryEnqueue([2], shared: false);
        _outbox.TryEnqueue([3], shared: false);
        _outbox.Flush();
        Assert.True(_outbox.IsSending);
        Assert.Equal([1], Assert.Single(_stream.Writes));

        _stream.Take();

        Assert.Equal([2, 3], _stream.Writes[1]);
        Assert.Equal(1, _taken);
        _stream.Take();
        Assert.False(_outbox.IsSending);
    }

    [Fact]
    public void Enqueue_PrivateBytesOverTheBound_Overflows()
    {
        _stream.IsStuck = true;
        Assert.True(_outbox.TryEnqueue(new byte[60], shared: false));
        _outbox.Flush();
        Assert.True(_outbox.TryEnqueue(new byte[40], shared: false));

        Assert.False(_outbox.TryEnqueue(new byte[1], shared: false));
        Assert.True(_outbox.TryEnqueue(new byte[1000], shared: true));
        _stream.Take();
        Assert.True(_outbox.TryEnqueue(new byte[60], shared: false));
    }

    [Fact]
    public void Enqueue_OneFrameLargerThanTheBound_HasRoom() => Assert.True(_outbox.TryEnqueue(new byte[Bound * 2], shared: false));

    [Fact]
    public void Flush_StreamFails_TellsOnceAndStops()
    {
        _stream.IsStuck = true;
        _outbox.TryEnqueue([1], shared: false);
        _outbox.Flush();
        _outbox.TryEnqueue([2], shared: false);

        var failure = new IOException("gone");
        _stream.Take(failure);
        _outbox.Flush();

        Assert.Same(failure, _failure);
        Assert.Single(_stream.Writes);
    }

    void IOutboxOwner.OnBytesTaken() => _taken++;

    void IOutboxOwner.OnSendFailed(Exception exception)
    {
        Assert.Null(_failure);
        _failure = exception;
    }

    public void Dispose() => _stream.Dispose();
}
