namespace Sync.Net.IntegrationTests.Harness;

/// <summary>What /proc tells of a process.</summary>
internal static class ProcessState
{
    /// <summary>Ends when SIGSTOP has taken effect, which takes the kernel a moment while a thread is inside it.</summary>
    public static async Task StoppedAsync(int pid)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        while (!IsStopped(pid))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static bool IsStopped(int pid) => Directory
        .EnumerateDirectories($"/proc/{pid}/task")
        .All(task => StateOf(File.ReadAllText(Path.Combine(task, "stat"))) == 'T');

    // pid (name) state …, and the name may hold anything.
    private static char StateOf(string stat) => stat[stat.LastIndexOf(')') + 2];
}
