using System.Globalization;
using Strangers.Emulators;

namespace Strangers.Sweeping;

/// <summary>Every class of the official SDK for .NET, walked by its own types.</summary>
public sealed class SweepTests(SweepTests.ManualHouse house, ITestOutputHelper output) : IClassFixture<SweepTests.ManualHouse>
{
    // Classes of the SDK with which each thing is done at least.
    private static readonly Dictionary<string, int> Least = new() { ["create"] = 1, ["list"] = 1, ["fetch"] = 1, ["update"] = 1, ["remove"] = 1, ["gone"] = 1 };

    [Fact]
    public async Task Every_class_is_created_listed_fetched_changed_and_removed_as_the_SDK_expects()
    {
        var stranger = await house.NewAccountAsync();
        var values = new Values(await House.NewSenderAsync(stranger.Client));
        var report = new Report(new Sweep(stranger, values, time => Settle(time)).Walk());
        output.WriteLine(report.Table());
        var faults = report.Products.SelectMany(report.Faults).ToList();
        faults.Should().BeEmpty(string.Join('\n', faults));
        foreach (var (verb, least) in Least) report.Count(verb).Should().BeGreaterThanOrEqualTo(least, verb);
    }

    private void Settle(string time) =>
        house.Emulator.Control.AdvanceAsync(TimeSpan.FromSeconds(double.Parse(time.TrimEnd('s'), CultureInfo.InvariantCulture))).GetAwaiter().GetResult();

    public sealed class ManualHouse : House
    {
        protected override string Clock => "manual";
    }
}
