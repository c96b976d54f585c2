using System.Globalization;
using Strangers.Emulators;

namespace Strangers.Sweeping;

/// <summary>Every class of the official SDK for .NET, walked by its own types.</summary>
public sealed class SweepTests(SweepTests.ManualHouse house, ITestOutputHelper output) : IClassFixture<SweepTests.ManualHouse>
{
    // Classes of the SDK with which each thing is done at least.
    private static readonly Dictionary<string, int> Least = new() { ["create"] = 231, ["list"] = 290, ["fetch"] = 280, ["update"] = 155, ["remove"] = 145, ["gone"] = 140 };

    [Fact]
    public async Task Every_class_is_created_listed_fetched_changed_and_removed_as_the_SDK_expects()
    {
        var stranger = await house.NewAccountAsync();
        var (client, secret) = await OAuthAppAsync(stranger);
        var values = new Values(await House.NewSenderAsync(stranger.Client), client, secret);
        var report = new Report(new Sweep(stranger, values, time => Settle(time)).Walk());
        output.WriteLine(report.Table());
        var faults = report.Products.SelectMany(report.Faults).ToList();
        faults.Should().BeEmpty(string.Join('\n', faults));
        foreach (var (verb, least) in Least) report.Count(verb).Should().BeGreaterThanOrEqualTo(least, verb);
    }

    /// <summary>Whom tokens are given to.</summary>
    private async Task<(string Client, string Secret)> OAuthAppAsync(Stranger stranger)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{stranger.Sid}:{stranger.Token}"))) } };
        using var asked = new StringContent("""{"friendly_name":"a sweep"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(house.Emulator.Url, "/iam/v1/Account/OAuthApps"), asked);
        using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (json.RootElement.GetProperty("sid").GetString()!, json.RootElement.GetProperty("secret").GetString()!);
    }

    private void Settle(string time) =>
        house.Emulator.Control.AdvanceAsync(TimeSpan.FromSeconds(double.Parse(time.TrimEnd('s'), CultureInfo.InvariantCulture))).GetAwaiter().GetResult();

    public sealed class ManualHouse : House
    {
        protected override string Clock => "manual";
    }
}
