using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Coordination;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>A member's path to its coordinator over a connection whose handshake is done.</summary>
internal sealed partial class RemoteLink : IMemberLink
{
    /// <summary>Larger rosters are sent only when the server asks for them.</summary>
    private const int LargestRosterUnasked = 64;

    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly LinkSettings _settings;
    private readonly IMemberSink _sink;
    private readonly HashSet<ulong> _knownRosters = [];
    private readonly TaskCompletionSource _ended = new();

    private ArrayBufferWriter<byte> _queued = new();
    private ArrayBufferWriter<byte> _writing = new();
    /// <summary>Requests that would not fit, to be answered here on the next flush.</summary>
    private readonly List<long> _tooLarge = [];

    private bool _isWriting;
    private bool _departing;
    private bool _closed;
    private long _answers;

    /// <summary>The request whose roster the server asked for; its post comes while the sink is told.</summary>
    private long? _asked;

    public RemoteLink(Stream stream, PipeReader reader, LinkSettings settings, IMemberSink sink)
    {
        _stream = stream;
        _reader = reader;
        _settings = settings;
        _sink = sink;
    }

    /// <summary>Ends when the connection is closed on this side.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Tells the sink of its seat, then reads until the connection ends.</summary>
    public void Run()
    {
        StartWatching();
        _sink.OnSeated(this, _settings.Term);
        _ = ReadAsync();
    }

    public void Post(in Enter e)
    {
        lock (_gate)
        {
            bool named = IsRosterToBeNamed(e.Request, e.Roster);
            var frame = new EnterFrame(
                e.Request, _answers, e.Session, e.ExpectedGeneration, e.Flags, e.Roster.Hash,
                named ? e.Roster.Members : null, e.Data, e.Contract, e.From?.Members, e.Ask);
            // The server would end the connection over it, and so would the next one.
            long length = Frames.Measure(_settings.Term, frame);
            if (length > _settings.LargestSent) _tooLarge.Add(e.Request);
            else Queue(frame, (int)length);
        }
    }

    public void Post(in Abort e)
    {
        lock (_gate)
        {
            bool named = IsRosterToBeNamed(e.Request, e.Roster);
            Queue(new AbortFrame(e.Request, _answers, e.Session, e.Roster.Hash, named ? e.Roster.Members : null, e.Reason));
        }
    }

    public void Post(in Withdraw e)
    {
        lock (_gate) Queue(new WithdrawFrame(e.Request, _answers, e.Reason, e.Waited));
    }

    public void Post(in Resumed e)
    {
        lock (_gate) Queue(new ResumeFrame(e.Next, e.Open));
    }

    public void Post(in Depart e)
    {
        lock (_gate)
        {
            Queue(new GoodbyeFrame(e.Left, _answers));
            _departing = true;
            _over = true;
        }
    }

    public void Flush()
    {
        RefuseTooLarge();
        lock (_gate)
        {
            if (_isWriting || _queued.WrittenCount == 0) return;
            _isWriting = true;
        }
        _ = WriteAsync();
    }

    public void Close()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
        }
        StopWatching();
        _stream.Dispose();
        // Who waits for it goes on here, without waking the pool; but nobody's code on the thread that all connections share.
        if (PollThread.IsCurrent) ThreadPool.UnsafeQueueUserWorkItem(static ended => ended.TrySetResult(), _ended, preferLocal: false);
        else _ended.TrySetResult();
    }

    private void RefuseTooLarge()
    {
        long[] requests;
        lock (_gate)
        {
            if (_tooLarge.Count == 0) return;
            requests = [.. _tooLarge];
            _tooLarge.Clear();
        }
        string reason = $"does not fit into the {_settings.LargestSent} bytes that the server takes at once (its MaxFrameBytes)";
        foreach (long request in requests)
        {
            _sink.OnAnswer(this, request, 0, new Failed(SyncFailureKind.Payload, null, reason, null, [], [], []));
        }
    }

    private bool IsRosterToBeNamed(long request, Roster roster)
    {
        if (request == _asked) return true;
        return roster.Count is > 0 and <= LargestRosterUnasked && _knownRosters.Add(roster.Hash);
    }

    private void Queue<TFrame>(in TFrame frame)
        where TFrame : struct, IFrame<TFrame> => Queue(frame, (int)Frames.Measure(_settings.Term, frame));

    private void Queue<TFrame>(in TFrame frame, int length)
        where TFrame : struct, IFrame<TFrame>
    {
        if (_closed || _departing) return;
        Frames.Write(_queued, _settings.Term, frame, length);
        NoteSent();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (TakeQueued() is { } bytes)
            {
                await _stream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The reading side sees the end of the connection too, and tells.
            lock (_gate) _isWriting = false;
        }
    }

    private ReadOnlyMemory<byte>? TakeQueued()
    {
        lock (_gate)
        {
            (_queued, _writing) = (_writing, _queued);
            _queued.ResetWrittenCount();
            if (_writing.WrittenCount > 0) return _writing.WrittenMemory;
            _isWriting = false;
            return null;
        }
    }
}
