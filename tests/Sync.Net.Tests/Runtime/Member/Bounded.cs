namespace Sync.Net.Tests.Runtime.Member;

internal static class Bounded
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Awaits what must come soon; a test never hangs.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public static Task Soon(this Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
