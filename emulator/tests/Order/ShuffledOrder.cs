using System.Globalization;
using System.Text;
using TwilioEmu.Testing.Order;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(ShuffledOrder))]
[assembly: TestCaseOrderer(typeof(ShuffledOrder))]

namespace TwilioEmu.Testing.Order;

/// <summary>
/// Puts the classes of a test project, and the tests of each, into an order
/// that a seed decides: no test may need another to have run before it.
/// </summary>
/// <remarks>
/// The seed is <c>TWILIOEMU_TEST_SEED</c>, or else the day as a number (<c>20260131</c>), so that a run can be had again: the
/// runner's own order depends on where the assembly lies. Compiled into every test project by <c>Directory.Build.targets</c>.
/// </remarks>
public sealed class ShuffledOrder : ITestCollectionOrderer, ITestCaseOrderer
{
    private const string Variable = "TWILIOEMU_TEST_SEED";

    private static readonly string Seed = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told
        ? told
        : TimeProvider.System.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
    {
        TestContext.Current.SendDiagnosticMessage("order of seed {0} ({1})", Seed, Variable);
        return Shuffled(testCollections, static c => c.TestCollectionDisplayName);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase => Shuffled(testCases, static c => c.TestCaseDisplayName);

    private static List<T> Shuffled<T>(IEnumerable<T> things, Func<T, string> name) =>
        [
            .. things
                .Select(t => (Thing: t, Name: name(t)))
                .OrderBy(static t => PlaceOf(t.Name))
                .ThenBy(static t => t.Name, StringComparer.Ordinal)
                .Select(static t => t.Thing),
        ];

    // FNV-1a, finished so that names which end alike are not beside each other (isthe.com/chongo/tech/comp/fnv).
    private static uint PlaceOf(string name)
    {
        const uint Offset = 2166136261;
        const uint Prime = 16777619;
        var hash = Encoding.UTF8.GetBytes($"{Seed} {name}").Aggregate(Offset, static (sum, octet) => unchecked((sum ^ octet) * Prime));
        hash = unchecked((hash ^ (hash >> 15)) * 0x85EBCA6B);
        return hash ^ (hash >> 13);
    }
}
