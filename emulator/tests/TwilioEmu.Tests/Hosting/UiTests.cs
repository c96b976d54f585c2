using System.Net;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Console.Pages;

namespace TwilioEmu.Tests.Hosting;

public sealed class UiTests
{
    [Theory]
    [InlineData("/_emu/ui/")]
    [InlineData("/_emu/ui/webhooks/14")]
    [InlineData("/_emu/ui/phones/+14155550199")]
    public async Task Every_link_into_the_page_is_answered_with_it_under_a_strict_policy(string path)
    {
        await using var house = await OpenHouse.OpenAsync();
        using var http = Browser();
        using var answer = await http.GetAsync(At(house, path));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
        (await answer.Content.ReadAsStringAsync()).Should().Contain(UiPages.IsBuilt ? "<div id=\"app\">" : "The web UI was not built");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("cross-site", true)]
    [InlineData("same-site", true)]
    [InlineData("none", false)]
    [InlineData("same-origin", false)]
    public async Task A_page_that_opens_this_one_keeps_no_hold_of_its_window_and_who_typed_the_address_waits_for_no_other_process(
        string? site, bool isCutOff)
    {
        await using var house = await OpenHouse.OpenAsync();
        using var http = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, At(house, "/_emu/ui/messages"));
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (site is not null) request.Headers.Add("Sec-Fetch-Mode", "navigate");
        using var answer = await http.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.Contains("Cross-Origin-Opener-Policy").Should().Be(isCutOff);
    }

    [Fact]
    public async Task The_styles_in_the_page_are_the_only_ones_that_its_policy_lets_stand_there()
    {
        Assert.SkipUnless(UiPages.IsBuilt, "built without Node");
        await using var house = await OpenHouse.OpenAsync();
        using var http = Browser();
        using var answer = await http.GetAsync(At(house, "/_emu/ui/"));
        var styles = (await answer.Content.ReadAsStringAsync()).Split("<style>", 2)[1].Split("</style>", 2)[0];
        styles.Should().Contain("--paper");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should()
            .Contain(
                $"style-src 'self' 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(styles)))}';").And.NotContain(
                    "unsafe");
    }

    [Fact]
    public async Task The_files_the_page_names_come_compressed_or_plain_and_others_do_not()
    {
        Assert.SkipUnless(UiPages.IsBuilt, "built without Node");
        await using var house = await OpenHouse.OpenAsync();
        using var http = Browser();
        var page = await http.GetStringAsync(At(house, "/_emu/ui/"));
        page.Should().Contain("<nav", "the frame is seen before any script runs");
        var script = page.Split('"').First(w => w.EndsWith(".js", StringComparison.Ordinal));
        using var plain = await http.GetAsync(At(house, script));
        plain.Headers.CacheControl!.ToString().Should().Contain("immutable");
        using var request = new HttpRequestMessage(HttpMethod.Get, At(house, script));
        request.Headers.Add("Accept-Encoding", "br");
        using var compressed = await http.SendAsync(request);
        compressed.Content.Headers.ContentEncoding.Should().Equal("br");
        (await compressed.Content.ReadAsByteArrayAsync()).Length.Should().BeLessThan((await plain.Content.ReadAsByteArrayAsync()).Length);
        (await http.GetAsync(At(house, "/_emu/ui/assets/none.js"))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await http.PostAsync(At(house, "/_emu/ui/"), null)).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public void All_that_a_browser_loads_has_at_most_250_kilobytes()
    {
        Assert.SkipUnless(UiPages.IsBuilt, "built without Node");
        var assembly = typeof(UiPages).Assembly;
        assembly.GetManifestResourceNames().Where(n => n.StartsWith("ui/", StringComparison.Ordinal)).Sum(n =>
        {
            using var stream = assembly.GetManifestResourceStream(n)!;
            return stream.Length;
        }).Should().BeInRange(20_000, 250 * 1024);
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml", null, "/_emu/ui/")]
    [InlineData("application/json", null, null)]
    [InlineData("text/html", "api.twilio.com", null)]
    public async Task A_browser_at_the_bare_address_is_led_to_it_and_programs_are_not(string accept, string? host, string? to)
    {
        await using var house = await OpenHouse.OpenAsync();
        using var http = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, At(house, "/"));
        request.Headers.Add("Accept", accept);
        request.Headers.Host = host;
        using var answer = await http.SendAsync(request);
        (answer.StatusCode == HttpStatusCode.Redirect).Should().Be(to is not null);
        (answer.Headers.Location?.ToString()).Should().Be(to);
    }

    [Fact]
    public async Task Off_serves_no_page_and_leads_nobody()
    {
        await using var house = await OpenHouse.OpenAsync(e => e with { ServesUi = false });
        using var http = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, At(house, "/"));
        request.Headers.Add("Accept", "text/html");
        (await http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await http.GetAsync(At(house, "/_emu/ui/"))).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static Uri At(OpenHouse house, string path) => new(new Uri(house.Server.Url), path);

    private static HttpClient Browser() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
}
