using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember.Targets;

internal static class RoundFactsExtensions
{
    /// <summary>Adds a meeting; one that does not directly follow the last generation fails.</summary>
    public static RoundFacts With(this RoundFacts facts, long generation, TimeSpan took)
    {
        if (facts.Met > 0 && generation != facts.LastGeneration + 1)
            throw new InvalidDataException($"Generation {generation} came after {facts.LastGeneration}.");
        return new RoundFacts(
            facts.Met == 0 ? generation : facts.FirstGeneration,
            generation,
            facts.Met + 1,
            Math.Max(facts.SlowestMs, took.TotalMilliseconds));
    }
}
