using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Host.Tests;

/// <summary>The emulator in a test's process, as a user of the package meets it.</summary>
public sealed class TwilioEmuHostTests
{
    private const string Number = "+14155550100";
    private const string Phone = "+14155550199";

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task An_app_of_this_process_answers_a_text(int? port)
    {
        await using var shop = await ShopApp.StartAsync();
        await using var twilio = await StartAsync(port, "https://shop.test");
        twilio.Route("https://shop.test", shop.CreateHandler());
        await twilio.Handset(Phone).TextAsync(Number, "a chair");
        (await twilio.Handset(Phone).ShouldReceiveAsync("Thanks for a chair")).From.Should().Be(Number);
        shop.Seen.Should().ContainSingle().Which.Url.Should().Be("https://shop.test/sms");
        shop.Seen[0].Signature.Should().NotBeEmpty();
    }

    [Fact]
    public async Task An_unchanged_program_reaches_the_emulator_without_a_socket()
    {
        await using var twilio = await StartAsync(port: null);
        twilio.BaseUrl.Should().Be(new Uri("http://twilioemu.localhost"));
        using var program = Program(twilio, twilio.CreateHandler());
        var message = await PostAsync(program, twilio, "Hello");
        message.GetProperty("status").GetString().Should().Be("queued");
        await twilio.Handset(Phone).ShouldReceiveAsync("Hello");
        (await program.GetStringAsync("https://lookups.twilio.com/v2/PhoneNumbers/+14155550100")).Should().Contain("\"valid\":true");
        (await program.GetStringAsync("http://twilioemu.localhost/lookups/v2/PhoneNumbers/+14155550100"))
            .Should().Contain("\"valid\":true");
    }

    [Fact]
    public async Task A_program_reaches_the_emulator_over_a_socket()
    {
        await using var twilio = await StartAsync(port: 0);
        using var redirected = Program(twilio, new TwilioRedirectHandler(twilio.BaseUrl, new SocketsHttpHandler()));
        await PostAsync(redirected, twilio, "By socket");
        using var memory = Program(twilio, twilio.CreateHandler());
        await PostAsync(memory, twilio, "By handler");
        await twilio.Handset(Phone).ShouldReceiveAsync("By handler");
        await twilio.Handset(Phone).ShouldReceiveAsync("By socket");
        using var page = JsonDocument.Parse(
            await redirected.GetStringAsync($"https://api.twilio.com/2010-04-01/Accounts/{twilio.Account.Sid}/Messages.json?PageSize=1"));
        var next = page.RootElement.GetProperty("next_page_uri").GetString();
        (await redirected.GetStringAsync("https://api.twilio.com" + next)).Should().Contain("By socket");
    }

    [Theory]
    [InlineData(null, "https://api.twilio.com")]
    [InlineData(null, "http://api.twilio.com")]
    [InlineData(0, "https://api.twilio.com")]
    public async Task A_recording_is_played_back_by_the_url_that_apps_make_of_its_uri(int? port, string host)
    {
        await using var twilio = await StartAsync(port);
        using var program = Program(twilio, twilio.CreateHandler());
        var account = $"https://api.twilio.com/2010-04-01/Accounts/{twilio.Account.Sid}";
        var call = await CallAsync("<Say>a message</Say>", ("Record", "true"));
        await twilio.Control.ExpectAsync(new EntryMatch { Kind = "recording.completed" }, within: TimeSpan.FromMinutes(1));
        var uri = (await GetAsync($"Calls/{call}/Recordings.json")).GetProperty("recordings")[0].GetProperty("uri").GetString()!;

        var sound = host + uri.Replace(".json", ".wav", StringComparison.Ordinal);
        await CallAsync($"<Play>{sound}</Play>");
        await twilio.Control.ExpectAsync(new EntryMatch { Kind = "webhook.answered", Data = new() { ["url"] = sound, ["status"] = 200 } });
        // Whoever else wants it shows who it is (media_auth: required).
        using var stranger = new HttpClient(twilio.CreateHandler());
        foreach (var file in new[] { sound, sound[..^4] }) (await stranger.GetAsync(file)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        async Task<string> CallAsync(string verbs, params (string Name, string Value)[] more)
        {
            using var form = new FormUrlEncodedContent(
            [
                new("To", Phone), new("From", Number), new("Twiml", $"<Response>{verbs}</Response>"),
                .. more.Select(m => KeyValuePair.Create(m.Name, m.Value)),
            ]);
            using var answer = await program.PostAsync($"{account}/Calls.json", form);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return json.RootElement.GetProperty("sid").GetString()!;
        }

        async Task<JsonElement> GetAsync(string path)
        {
            using var json = JsonDocument.Parse(await program.GetStringAsync($"{account}/{path}"));
            return json.RootElement.Clone();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task What_happens_is_told_to_the_test_s_own_log(int? port)
    {
        using var logs = new KeptLog();
        await using (var twilio = await TwilioEmuHost.StartAsync(new() { Port = port, LoggerFactory = logs }))
        {
            await twilio.Handset(Phone).TextAsync(Number, "a chair");
        }
        var text = logs.Lines
            .Should().ContainSingle(l => l.Category == "TwilioEmu.Journal" && l.Line == $"{Phone} texts {Number}: \"a chair\"").Which;
        (text.Level, text.State["kind"], text.State["subject"])
            .Should().Be((LogLevel.Information, (object)"handset.texted", (object)Phone));
        logs.Lines.Should().Contain(l => l.Category == "TwilioEmu.Kernel.World", "the emulator's own come under its types");
        logs.Lines.Where(l => l.Level >= LogLevel.Error).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_not_for_Twilio_goes_nowhere_unless_told_where()
    {
        await using var twilio = await StartAsync(port: null);
        using var alone = new HttpClient(twilio.CreateHandler());
        var ask = () => alone.GetAsync("https://example.com/");
        (await ask.Should().ThrowAsync<HttpRequestException>()).Which.Message.Should().Contain("not for Twilio");
        await using var shop = await ShopApp.StartAsync();
        using var both = new HttpClient(twilio.CreateHandler(shop.CreateHandler()));
        (await both.GetByteArrayAsync("https://example.com/picture.png")).Should().Equal(ShopApp.Picture);
    }

    [Fact]
    public async Task An_app_that_throws_is_shown_in_the_record_of_its_webhook()
    {
        await using var shop = await ShopApp.StartAsync();
        await using var twilio = await TwilioEmuHost.StartAsync(new TwilioEmuHostOptions
        {
            Port = null,
            Config = new EmulatorConfig().Number(Number, smsUrl: "http://shop.test/broken"),
        });
        twilio.Route("http://shop.test", shop.CreateHandler());
        await twilio.Handset(Phone).TextAsync(Number, "hello");
        await twilio.Control.ExpectAsync(new EntryMatch { Kind = "alert", Data = new() { ["code"] = 11200 } });
        var wait = () => twilio.Handset(Phone).ShouldReceiveAsync();
        (await wait.Should().ThrowAsync<ExpectationFailedException>()).Which.Message
            .Should().Contain("trouble").And.Contain("\"code\":11200");
        var webhook = (await twilio.Control.WebhooksAsync()).Webhooks.Single();
        webhook.Status.Should().Be(500);
        (await twilio.Control.WebhookAsync(webhook.Id)).Answer!.Value.GetRawText().Should().Contain("the till is jammed");
    }

    [Fact]
    public async Task An_app_may_use_the_REST_API_while_it_answers()
    {
        await using var shop = await ShopApp.StartAsync();
        await using var twilio = await TwilioEmuHost.StartAsync(new TwilioEmuHostOptions
        {
            Port = null,
            Config = new EmulatorConfig().Number(Number, smsUrl: "http://shop.test/by-rest"),
        });
        using var program = Program(twilio, twilio.CreateHandler());
        shop.TextBack = async body => await PostAsync(program, twilio, $"By REST: {body}");
        twilio.Route("http://shop.test", shop.CreateHandler());
        await twilio.Handset(Phone).TextAsync(Number, "hello");
        await twilio.Handset(Phone).ShouldReceiveAsync("By REST: hello");
        await twilio.Control.ExpectExactlyAsync(new EntryMatch { Kind = "alert" }, 0);
    }

    [Fact]
    public async Task A_name_taken_back_leads_nowhere_and_routes_outlive_a_reset()
    {
        await using var shop = await ShopApp.StartAsync();
        await using var twilio = await StartAsync(port: null, "http://shop.test");
        twilio.Route("http://SHOP.test/", shop.CreateHandler());
        await twilio.Control.ResetAsync();
        await twilio.Handset(Phone).TextAsync(Number, "one");
        await twilio.Handset(Phone).ShouldReceiveAsync("Thanks for one");
        twilio.Unroute("http://shop.test").Should().BeTrue();
        twilio.Unroute("http://shop.test").Should().BeFalse();
        await twilio.Handset(Phone).TextAsync(Number, "two");
        await twilio.Control.ExpectAsync(new EntryMatch { Kind = "webhook.failed" });
    }

    [Theory]
    [InlineData("shop.test")]
    [InlineData("ftp://shop.test")]
    [InlineData("http://shop.test/sms")]
    public async Task A_route_is_an_origin(string origin)
    {
        await using var twilio = await StartAsync(port: null);
        using var handler = new SocketsHttpHandler();
        var route = () => twilio.Route(origin, handler);
        route.Should().Throw<ArgumentException>().WithMessage($"*{origin}*");
    }

    [Fact]
    public async Task Two_emulators_side_by_side_share_nothing_and_dream_alike()
    {
        await using var one = await StartAsync(port: null);
        await using var two = await StartAsync(port: null);
        using var first = Program(one, one.CreateHandler());
        using var second = Program(two, two.CreateHandler());
        var sid = (await PostAsync(first, one, "same")).GetProperty("sid").GetString();
        (await second.GetAsync($"https://api.twilio.com/2010-04-01/Accounts/{two.Account.Sid}/Messages/{sid}.json")).StatusCode
            .Should().Be(HttpStatusCode.NotFound);
        (await PostAsync(second, two, "same")).GetProperty("sid").GetString().Should().Be(sid);
    }

    [Fact]
    public async Task The_journal_can_be_followed_without_a_socket()
    {
        await using var twilio = await StartAsync(port: null);
        using var program = Program(twilio, twilio.CreateHandler());
        await PostAsync(program, twilio, "x");
        var kinds = new List<string>();
        await foreach (var entry in twilio.Control.FollowJournalAsync(new() { After = 0, Kind = "message.*" }))
        {
            kinds.Add(entry.Kind);
            if (kinds.Count == 1) await twilio.Control.AdvanceAsync(TimeSpan.FromSeconds(10));
            if (entry.Kind == "message.delivered") break;
        }
        kinds.Should().StartWith("message.queued");
    }

    [Fact]
    public async Task An_emulator_that_has_ended_answers_nobody()
    {
        var twilio = await StartAsync(port: 0);
        var url = twilio.BaseUrl;
        await twilio.DisposeAsync();
        using var client = new HttpClient();
        var ask = () => client.GetAsync(new Uri(url, "/_emu/v1/health"));
        await ask.Should().ThrowAsync<HttpRequestException>();
    }

    private static Task<TwilioEmuHost> StartAsync(int? port, string app = "http://app.test") =>
        TwilioEmuHost.StartAsync(new TwilioEmuHostOptions
        {
            Port = port,
            Config = new EmulatorConfig().Number(Number, smsUrl: $"{app}/sms"),
        });

    private static HttpClient Program(TwilioEmuHost twilio, HttpMessageHandler handler) =>
        new(handler) { DefaultRequestHeaders = { Authorization = twilio.Account.Authorization } };

    private static async Task<JsonElement> PostAsync(HttpClient program, TwilioEmuHost twilio, string body)
    {
        using var form = new FormUrlEncodedContent([new("To", Phone), new("From", Number), new("Body", body)]);
        using var answer = await program.PostAsync($"https://api.twilio.com/2010-04-01/Accounts/{twilio.Account.Sid}/Messages.json", form);
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }
}
