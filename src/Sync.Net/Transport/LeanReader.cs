using System.IO.Pipelines;

namespace Sync.Net.Transport;

/// <summary>A reader that has no buffer while nothing comes.</summary>
internal abstract class LeanReader : PipeReader
{
    /// <summary>How many bytes the next thing to be taken has; a hint that saves copying.</summary>
    public abstract void Expect(int bytes);
}
