namespace Sync.Net.Runtime.Member;

internal sealed partial class SharedRoute
{
    /// <summary>How many members of a process shake hands with one server at a time, so that the server's patience is with few and none waits in vain.</summary>
    private const int MostHandshakes = 256;

    private readonly SemaphoreSlim _turns = new(MostHandshakes);

    /// <summary>One member's place on the way to its server.</summary>
    internal sealed class Seat(SharedRoute route, bool isFirst) : IDisposable
    {
        private bool _hasTurn;
        private bool _isKept;

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
            if (!isFirst && await route.OpenLaneAsync(limits, time, cancellationToken).ConfigureAwait(false) is { } lane) return lane;
            return await route.Transport.DialAsync(route.Endpoint, cancellationToken).ConfigureAwait(false);
        }

        /// <summary>The member stays connected until then.</summary>
        public void KeepUntil(Task ended)
        {
            if (!route.Transport.SharesConnections) return;
            _isKept = true;
            _ = ended.ContinueWith(
                static (_, seat) => ((Seat)seat!).Leave(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        /// <summary>The attempt is over.</summary>
        public void Dispose()
        {
            if (_hasTurn) route._turns.Release();
            if (!_isKept && route.Transport.SharesConnections) Leave();
        }

        private void Leave() => route.GiveBack();
    }

    private void GiveBack() => connections.GiveBack(this);
}
