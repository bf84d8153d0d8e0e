namespace Sync.Net.Runtime.Member;

/// <summary>Carries out a member's attempts to get a link; the only part of the member that knows the network.</summary>
internal interface IConnector : IAsyncDisposable
{
    /// <summary>
    /// Begins an attempt. It ends with the sink's OnSeated or OnRefused, or with <paramref name="failed"/>; before this
    /// returns, where nothing has to be waited for.
    /// </summary>
    void Begin(Way way, bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken);
}
