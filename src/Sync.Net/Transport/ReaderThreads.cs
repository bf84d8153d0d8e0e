namespace Sync.Net.Transport;

/// <summary>The threads that read one connection each: few enough that a process with many members does not drown in them.</summary>
internal sealed class ReaderThreads(int most)
{
    /// <summary>Beyond these, connections are read asynchronously. One test's process has one member, or a few.</summary>
    public static readonly ReaderThreads OfProcess = new(64);

    private int _running;

    public int Running => Volatile.Read(ref _running);

    /// <summary>Runs the body on a thread of its own, unless there are too many.</summary>
    /// <remarks>User code may go on on such a thread, so its stack has the usual size.</remarks>
    public bool TryStart(Action body)
    {
        if (Interlocked.Increment(ref _running) > most)
        {
            Interlocked.Decrement(ref _running);
            return false;
        }
        var thread = new Thread(() => Run(body)) { IsBackground = true, Name = "Sync.Net reader" };
        try
        {
            // Not with the context of whoever happens to connect.
            thread.UnsafeStart();
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // What the system says when it has no more threads.
            Interlocked.Decrement(ref _running);
            return false;
        }
    }

    private void Run(Action body)
    {
        try
        {
            body();
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
