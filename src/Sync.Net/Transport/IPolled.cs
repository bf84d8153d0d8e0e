namespace Sync.Net.Transport;

/// <summary>Has a socket that the <see cref="PollThread"/> watches.</summary>
internal interface IPolled
{
    /// <summary>By which the thread knows it.</summary>
    long Number { get; }

    /// <summary>On the poll thread: a short piece of work, so that the others get their turn.</summary>
    void OnReady(Readiness ready);
}
