using System.Diagnostics;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>How a call failed, and when; with the questions that tests ask.</summary>
internal sealed record FailedCall(CallFailure Failure, long At)
{
    public string Message => Failure.Message;

    public FailureFacts Facts => Failure.Facts ?? throw new InvalidDataException($"{Failure.Type} has no facts: {Message}");

    /// <summary>Pins the type, the kind and the culprit.</summary>
    public FailedCall Is(SyncFailureKind kind, string? culprit = null)
    {
        Assert.True(Failure.Facts is not null, $"{Failure.Type}: {Message}");
        Assert.True(kind == Facts.Kind, $"{Facts.Kind} instead of {kind}: {Message}");
        Assert.Equal(kind == SyncFailureKind.Timeout ? "SyncTimeoutException" : "SyncException", Failure.Type);
        Assert.Equal(culprit, Facts.Culprit);
        Assert.DoesNotContain('\n', Message);
        return this;
    }

    /// <summary>Pins that the text is told in one line with these words in it.</summary>
    public FailedCall Says(params string[] parts)
    {
        foreach (string part in parts) Assert.True(Message.Contains(part, StringComparison.Ordinal), $"Without '{part}': {Message}");
        return this;
    }

    /// <summary>Pins that the failure came soon after what caused it, long before any timeout.</summary>
    public FailedCall SoonAfter(long cause) => Within(TimeSpan.FromSeconds(5), cause);

    public FailedCall Within(TimeSpan limit, long cause)
    {
        TimeSpan took = Stopwatch.GetElapsedTime(cause, At);
        Assert.True(took <= limit, $"It took {took.TotalSeconds:F2} s, more than {limit.TotalSeconds} s: {Message}");
        return this;
    }

    public FailedCall NotBefore(TimeSpan limit, long cause)
    {
        TimeSpan took = Stopwatch.GetElapsedTime(cause, At);
        Assert.True(took >= limit, $"It took only {took.TotalSeconds:F2} s, less than {limit.TotalSeconds} s: {Message}");
        return this;
    }
}
