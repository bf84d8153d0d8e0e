namespace Sync.Net.Transport;

internal sealed partial class SocketReader
{
    /// <summary>How long the thread may be away while a read is asked for; at most twice as long, because the watch is not exact.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    /// <summary>A hand-over strains as much as this many prompt returns relieve: compiling user code for the first time may need a few.</summary>
    private const int StrainOfHandOver = 16;

    /// <summary>Callers that strain more than this are better served asynchronously.</summary>
    private const int MostStrain = 4 * StrainOfHandOver;

    private bool _isWatched;
    private long _reads;
    private long _readsSeen;
    private int _strain;

    /// <summary>Under the lock: sees to it that what is asked for is read, should the thread stay away.</summary>
    /// <remarks>The watch is set once for many reads and never reset, because that would cost each of them something.</remarks>
    private void Watch()
    {
        if (_isWatched) return;
        _isWatched = true;
        _readsSeen = _reads;
        _watch.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    private void Look()
    {
        int turn;
        lock (_gate)
        {
            _isWatched = false;
            if (_isClosed || !_isAway || !_isAsked) return;
            if (_reads != _readsSeen)
            {
                Watch();
                return;
            }
            HandOver();
            turn = _turn;
            _strain += StrainOfHandOver;
            if (_strain > MostStrain) _isAsynchronous = true;
        }
        if (_isAsynchronous || !_threads.TryStart(() => Run(turn))) _ = ReadOnceAsync();
    }

    /// <summary>Under the lock: the thread that is away will not come back to reading.</summary>
    private void HandOver()
    {
        _turn++;
        _isAway = false;
    }

    /// <summary>Under the lock: from here on the thread runs what awaited the read.</summary>
    private void GoAway()
    {
        _isAway = true;
        _isAsked = false;
        _reads++;
        if (_strain > 0) _strain--;
    }

    /// <summary>Carries out the read that was asked for before the socket turned asynchronous.</summary>
    private async Task ReadOnceAsync()
    {
        TurnAsynchronous();
        int count = 0;
        Exception? failure = null;
        try
        {
            // Elsewhere in any case: the watch's thread is not for what awaits the read.
            count = await _stream.ReadAsync(_request.Buffer, CancellationToken.None).AsTask().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            failure = e;
        }
        lock (_gate) _isAsked = false;
        _request.End(count, failure);
    }
}
