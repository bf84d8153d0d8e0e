namespace Sync.Net.Tests;

/// <summary>Tests whose every await ends: with the test run, or after a time that only a hang can take.</summary>
public abstract class BoundedTest : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected BoundedTest() => _end.CancelAfter(TimeSpan.FromSeconds(30));

    protected CancellationToken Token => _end.Token;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _end.Dispose();
}
