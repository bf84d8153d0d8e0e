using Sync.Net.Transport.Carrying;

namespace Sync.Net.Runtime.Member;

internal sealed partial class SharedRoute
{
    /// <summary>How many members of a process shake hands with one server at a time, so that the server's patience is with few and none waits in vain.</summary>
    private const int MostHandshakes = 256;

    private readonly SemaphoreSlim _turns = new(MostHandshakes);

    /// <summary>One member's place on the way to its server.</summary>
    internal sealed class Seat(SharedConnections connections, SharedRoute route, bool isFirst) : IDisposable
    {
        private bool _hasTurn;
        private bool _isKept;
        private int _hasLeft;
        private Task<Carrier?>? _made;

        /// <summary>Ends when this member may begin; the first may at once.</summary>
        public async ValueTask WaitForTurnAsync(CancellationToken cancellationToken)
        {
            if (isFirst) return;
            await route._turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            _hasTurn = true;
        }

        /// <exception cref="IOException">Nobody can be reached there.</exception>
        public async ValueTask<Stream> DialAsync(SyncLimits limits, TimeProvider time, CancellationToken cancellationToken)
        {
            if (!isFirst && await route.OpenLaneAsync(limits, time, cancellationToken).ConfigureAwait(false) is var (lane, made))
            {
                _made = made;
                return lane;
            }
            return await route.Transport.DialAsync(route.Endpoint, cancellationToken).ConfigureAwait(false);
        }

        /// <summary>The member stays connected until then.</summary>
        public void KeepUntil(Task ended)
        {
            _isKept = true;
            _ = ended.ContinueWith(
                static (_, seat) => ((Seat)seat!).Leave(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        /// <summary>The member tries anew. If its link has not ended, it stalls: the next is to come over another connection.</summary>
        public void Abandon()
        {
            if (_isKept && Volatile.Read(ref _hasLeft) == 0) Distrust();
            Leave();
        }

        /// <summary>The carrier was silent: nobody opens another lane on it.</summary>
        public void Distrust()
        {
            if (_made is not null) route.Forget(_made);
        }

        /// <summary>The attempt is over.</summary>
        public void Dispose()
        {
            if (_hasTurn) route._turns.Release();
            if (!_isKept) Leave();
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref _hasLeft, 1) == 0 && route.Transport.SharesConnections) connections.GiveBack(route);
        }
    }
}
