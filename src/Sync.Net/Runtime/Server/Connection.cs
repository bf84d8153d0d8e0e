using System.IO.Pipelines;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>A member's connection, from its verified hello to its end. One task reads it; many threads send.</summary>
internal sealed partial class Connection : GroupLink
{
    /// <summary>How long a connection that is over stays open for the other side to read why.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly ServerContext _server;
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly Outbox _outbox;
    private readonly AnswerLedger _ledger = new();
    private readonly byte[] _welcome;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Ending? _ending;

    /// <summary>The member has sent something over this seat, so it knows of it.</summary>
    private bool _hasSpoken;

    public Connection(ServerContext server, Stream stream, PipeReader reader, in HelloFrame hello, byte[] welcome)
        : base(server.NextLink(), hello.Member, hello.Role, hello.Incarnation, hello.Command)
    {
        _server = server;
        _stream = stream;
        _reader = reader;
        _welcome = welcome;
        _outbox = new Outbox(stream, server.Limits.MaxQueuedBytes, this);
        _heard = _sent = server.Now.Ticks;
    }

    public override bool IsLocal => false;

    /// <summary>Ends when the stream is closed and the group knows.</summary>
    public Task Ended => _ended.Task;

    /// <summary>How it ended; null before.</summary>
    public Ending? Ending => _ending;

    public bool WasSeated => _isSeated;

    /// <summary>Asks for the seat and serves the member until the connection ends. Never throws.</summary>
    public async Task RunAsync(string groupName, bool resume)
    {
        try
        {
            if (!Join(groupName, resume)) return;
            Log.Connected(_server.Logger, groupName, Member);
            Ending ending = await ReadToEndAsync().ConfigureAwait(false);
            ending = Interlocked.CompareExchange(ref _ending, ending, null) ?? ending;
            Log.Disconnected(_server.Logger, groupName, Member, ending.Reason);
            TellGroup(ending);
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection from outside of its reading task.</summary>
    public void Abort(Ending ending)
    {
        Interlocked.CompareExchange(ref _ending, ending, null);
        _reader.CancelPendingRead();
    }

    private bool Join(string groupName, bool resume)
    {
        _server.Connections.Add(this);
        if (_server.Groups.TryJoin(groupName, this, resume, out Group? group, out Batch? batch))
        {
            group.Flush(batch);
            // Of a server that stops, nobody would end the linger; and the hello was all that there was to read.
            return !(IsOver && _server.IsStopping);
        }
        // Asked for before, and so a rare race: the member finds the connection closed and comes again.
        return false;
    }

    private void TellGroup(Ending ending)
    {
        Batch batch = Group.Rent();
        // A member that gave up its handshake too early never knew that it had the seat: it comes again.
        if (ending.MayReturn || (_isSeated && !_hasSpoken)) WaitForReturn(batch);
        else Group.Apply(batch, this, new Coordination.Disconnect(Number, ending.Reason));
        Group.Flush(batch);
    }

    private async ValueTask CloseAsync()
    {
        if (!IsAwaited) _server.Connections.Remove(this);
        _outbox.Close();
        await _reader.CompleteAsync().ConfigureAwait(false);
        await StreamCloser.CloseAsync(_stream).ConfigureAwait(false);
        _ended.SetResult();
    }
}
