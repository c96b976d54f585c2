using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Tests.Mms;

public sealed class MmsTests : IAsyncDisposable
{
    private static readonly string Pixel = Convert.ToBase64String(Encoding.ASCII.GetBytes("a picture of a cat"));

    private readonly MessagingHouse _house = new("http://app/sms");

    public MmsTests()
    {
        // Requests for media are not signed.
        _house.App.RefusesBadSignatures = false;
        _house.App.On("/sms", FakeApp.Empty).On("/cat.png", new AppAnswer(200, "image/png; charset=binary", "0123456789"));
        _house.App.On("/page", new AppAnswer(200, "text/html", "<html/>")).On("/gone.png", new AppAnswer(404, "text/plain", ""))
            .On("/big.jpg", new AppAnswer(200, "image/jpeg", new string('x', 3_000_000)));
        _house.App.On("/login.png", new AppAnswer(200, "image/png", "<!DOCTYPE html><title>Who are you?</title>"))
            .On("/notes.txt", new AppAnswer(200, "text/plain", "milk"));
        _house.App.On("/drawing.svg", new AppAnswer(200, "image/svg+xml", "<svg/>"))
            .On("/sticker.webp", new AppAnswer(200, "image/webp", "RIFF"));
        _house.App.On("/round.png", new AppAnswer(302, null, "") { Headers = [new("Location", "/round.png")] });
        _house.App.On("/moved.png", new AppAnswer(302, null, "") { Headers = [new("Location", "/cat.png")] });
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Media_are_fetched_unsigned_before_the_message_leaves_and_served_from_then_on()
    {
        var sid = (await PostAsync("http://app/cat.png", "http://app/moved.png"))["sid"]!;
        await _house.AdvanceAsync(5);
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["status"].Should().Be("delivered");
        _house.App.Requests.Select(r => (r.Method, r.Path, r.Header("X-Twilio-Signature"))).Should()
            .Equal(
                ("HEAD", "/cat.png", null), ("GET", "/cat.png", null),
                ("HEAD", "/moved.png", null), ("HEAD", "/cat.png", null), ("GET", "/moved.png", null), ("GET", "/cat.png", null));
        var list = (await _house.Rest.GetAsync($"Messages/{sid}/Media.json")).Json.GetProperty("media_list").EnumerateArray().ToList();
        list.Select(m => m.GetProperty("content_type").GetString()).Should().Equal("image/png", "image/png");
        var media = list[0].GetProperty("uri").GetString()!;
        (await _house.Rest.GetAsync(media))["parent_sid"].Should().Be(sid);
        var opened = (await _house.OpenAsync(media[..^5]))!;
        (opened.ContentType, Encoding.ASCII.GetString(opened.Content.Span)).Should().Be(("image/png", "0123456789"));
        (await _house.Rest.DeleteAsync(media)).Status.Should().Be(204);
        (await _house.Rest.GetAsync(media)).Status.Should().Be(404);
    }

    [Fact]
    public async Task Pictures_that_the_world_has_no_room_for_any_longer_are_where_they_came_from()
    {
        await using var house = new MessagingHouse(world: House.UsualWorld with { MaxMediaBytes = 15 });
        house.App.RefusesBadSignatures = false;
        house.App.On("/one.png", new AppAnswer(200, "image/png", "0123456789")).On("/two.png", new AppAnswer(200, "image/png", "9876543210"));
        var links = new List<string>();
        foreach (var picture in (string[])["one", "two"])
        {
            var sid = (await house.PostAsync("look", "MediaUrl", $"http://app/{picture}.png"))["sid"]!;
            await house.AdvanceAsync(5);
            var media = await house.Rest.GetAsync($"Messages/{sid}/Media.json");
            links.Add(media.Json.GetProperty("media_list")[0].GetProperty("uri").GetString()![..^5]);
        }
        (await house.Rest.GetAsync(links[0])).Headers["Location"].ToString().Should().Be("http://app/one.png");
        (await house.Rest.GetAsync(links[1])).Headers["Location"].ToString().Should().Contain("/mms/");
    }

    [Fact]
    public async Task A_long_text_goes_as_one_mms_where_the_request_says_so_and_to_phones_that_mms_reaches()
    {
        var text = new string('x', 400);
        var sent = await _house.PostAsync(text, "SendAsMms", "true");
        (sent["sid"]![..2], sent["num_segments"], sent["num_media"]).Should().Be(("MM", "1", "0"));
        var abroad = await _house.Rest.PostAsync(
            "Messages.json", "To", "+447700900123", "From", MessagingHouse.Number, "Body", text, "SendAsMms", "true");
        await _house.AdvanceAsync(5);
        _house.Received().Should().Equal(text);
        (await _house.Rest.GetAsync($"Messages/{sent["sid"]}.json"))["price"].Should().Be("-0.02200", "MMS is paid by the message");
        (await _house.Rest.GetAsync($"Messages/{abroad["sid"]}.json"))["error_code"].Should().Be("30011");
    }

    [Theory]
    [InlineData("+16045550199", null)]
    [InlineData("+17875550199", null)]
    [InlineData("+18765550199", "30011")]
    public async Task Media_go_to_the_United_States_and_Canada_and_not_to_all_that_share_their_calling_code(string to, string? code)
    {
        var sid = (await _house.Rest.PostAsync(
            "Messages.json", "To", to, "From", MessagingHouse.Number, "MediaUrl", "http://app/cat.png"))["sid"];
        await _house.AdvanceAsync(5);
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["error_code"].Should().Be(code);
    }

    [Fact]
    public async Task Through_a_service_a_text_that_is_to_go_as_mms_goes_as_text_where_there_is_none()
    {
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        Task<RestAnswer> SendAsync(string to) =>
            _house.Rest.PostAsync(
                "Messages.json", "To", to, "MessagingServiceSid", service, "Body", new string('x', 400), "SendAsMms", "true");
        var (here, abroad) = (await SendAsync(MessagingHouse.Phone), await SendAsync("+447700900123"));
        await _house.AdvanceAsync(10);
        (await _house.Rest.GetAsync($"Messages/{here["sid"]}.json"))["num_segments"].Should().Be("1");
        var sent = await _house.Rest.GetAsync($"Messages/{abroad["sid"]}.json");
        (sent["status"], sent["num_segments"]).Should().Be(("delivered", "3"));
    }

    [Theory]
    [InlineData("http://app/gone.png", 11200)]
    [InlineData("http://app/page", 12300)]
    [InlineData("http://app/login.png", 12300)]
    [InlineData("http://app/notes.txt", 12300)]
    [InlineData("http://app/drawing.svg", 12300)]
    [InlineData("http://app/sticker.webp", 12300)]
    [InlineData("http://app/round.png", 11215)]
    public async Task What_cannot_be_had_or_carried_fails_the_message_with_its_code_and_an_alert(string url, int code)
    {
        var sid = (await PostAsync(url))["sid"];
        await _house.AdvanceAsync(5);
        var failed = await _house.Rest.GetAsync($"Messages/{sid}.json");
        (failed["status"], failed["error_code"]).Should().Be(("failed", $"{code}"));
        (await _house.AlertsAsync()).Should().Equal(code);
        _house.Received().Should().BeEmpty();
    }

    [Fact]
    public async Task An_app_that_does_not_know_HEAD_is_asked_for_the_file_all_the_same()
    {
        _house.App.On(
            "/cat.png", request =>
                request.Method == "HEAD" ? new AppAnswer(405, "text/plain", "") : new AppAnswer(200, "image/png", "0123456789"));
        var sid = (await PostAsync("http://app/cat.png"))["sid"];
        await _house.AdvanceAsync(5);
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["status"].Should().Be("delivered");
        (await _house.AlertsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task More_than_five_megabytes_together_are_11751()
    {
        var sid = (await PostAsync("http://app/big.jpg", "http://app/big.jpg"))["sid"];
        await _house.AdvanceAsync(5);
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["error_code"].Should().Be("11751");
    }

    [Fact]
    public async Task Texts_of_the_same_sender_do_not_wait_for_a_picture_that_is_slow()
    {
        _house.App.On("/slow.png", async (request, cancellation) =>
        {
            if (request.Method == "GET") await Task.Delay(TimeSpan.FromSeconds(9), _house.Rest.World.Clock, cancellation);
            return new AppAnswer(200, "image/png", "x");
        });
        await PostAsync("http://app/slow.png");
        await _house.PostAsync("text");
        await _house.AdvanceAsync(5);
        _house.Received().Should().Equal("text");
        await _house.AdvanceAsync(10);
        _house.Received().Should().Equal("text", "look");
    }

    [Theory]
    [InlineData("+1833555", 2, 25)]
    [InlineData("+1415556", 60, 50)]
    public async Task Numbers_of_an_account_and_its_subaccounts_share_a_rate_for_media(string beginning, int numbers, double rate)
    {
        const string Sub = "AC00000000000000000000000000000005";
        const int Count = 120;
        var senders = Enumerable.Range(0, numbers).Select(i => $"{beginning}{i + 100:0000}").ToList();
        _house.Do(() =>
        {
            _house.Rest.Accounts.Create(
                new AccountSpec { Sid = new(Sub), AuthToken = "s", FriendlyName = "Sub", Owner = AccountBook.DefaultSid });
            for (var i = 0; i < numbers; i++)
            {
                _house.Rest.Numbers.Add(i % 2 == 0 ? AccountBook.DefaultSid : new(Sub), new PhoneNumberSpec { Number = senders[i] });
            }
        });
        for (var i = 0; i < Count; i++)
        {
            var (account, token) = i % numbers % 2 == 0 ? (RestWorld.Account, RestWorld.Token) : (Sub, "s");
            (await _house.Rest.SendAsync(
                "POST", $"/2010-04-01/Accounts/{account}/Messages.json",
                $"To=%2B1212555{i:0000}&From={Uri.EscapeDataString(senders[i % numbers])}&MediaUrl=http://app/cat.png",
                "application/x-www-form-urlencoded", account, token)).Status.Should().Be(201);
        }
        await _house.AdvanceAsync(60);
        var sent = (await _house.Rest.EntriesAsync("message.sent"))
            .Select(e => (e.At - WorldOptions.StoryStart).TotalSeconds).Order().ToList();
        sent.Should().HaveCount(Count);
        sent.Select((at, i) => Math.Abs(at - 0.05 - (i / rate))).Max().Should().BeLessThan(1e-6);
    }

    [Fact]
    public async Task Abroad_there_is_no_way_for_media_but_as_a_link_of_a_service_that_converts()
    {
        var direct = (
            await _house.Rest.PostAsync(
                "Messages.json", "To", "+447700900123", "From", MessagingHouse.Number, "MediaUrl", "http://app/cat.png"))["sid"];
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        var through = (
            await _house.Rest.PostAsync(
                "Messages.json", "To", "+447700900123", "MessagingServiceSid", service, "MediaUrl", "http://app/cat.png", "Body",
                "look"))["sid"];
        await _house.AdvanceAsync(5);
        var failed = await _house.Rest.GetAsync($"Messages/{direct}.json");
        (failed["status"], failed["error_code"]).Should().Be(("failed", "30011"));
        var converted = await _house.Rest.GetAsync($"Messages/{through}.json");
        converted["status"].Should().Be("delivered");
        converted["body"].Should().MatchRegex("^look https://p\\.twil\\.io/[0-9a-f]{7}$");
        converted["price"].Should().Be("-0.05240", "it is paid as a text");
        string? target = null;
        _house.Do(() => target = _house.Messaging.Click(converted["body"]![^7..], null));
        target.Should().Be("http://app/cat.png", "who follows the link sees the picture");
    }

    [Fact]
    public async Task A_number_without_mms_is_21621()
    {
        _house.Do(() => _house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = "+447700900100" }));
        (await _house.Rest.PostAsync(
            "Messages.json", "To", MessagingHouse.Phone, "From", "+447700900100", "MediaUrl", "http://app/cat.png")).Code
                .Should().Be(21621);
    }

    [Fact]
    public async Task A_phones_own_picture_is_downloaded_where_the_webhook_says()
    {
        var sid = _house.TextIn("look", $"data:image/png;base64,{Pixel}");
        await _house.AdvanceAsync(1);
        var request = _house.App.Requests.Should().ContainSingle().Subject;
        (request["NumMedia"], request["MediaContentType0"], request["MessageSid"]).Should().Be(("1", "image/png", sid));
        request["MediaUrl0"].Should().StartWith("http://emulator/2010-04-01/");
        var media = (await _house.OpenAsync(new Uri(request["MediaUrl0"]!).AbsolutePath))!;
        (media.ContentType, Encoding.ASCII.GetString(media.Content.Span)).Should().Be(("image/png", "a picture of a cat"));
        var elsewhere = _house.TextIn("look", "http://phone/dog.png");
        var item = (await _house.Rest.GetAsync($"Messages/{elsewhere}/Media.json")).Json.GetProperty("media_list")[0]
            .GetProperty("uri").GetString()!;
        var away = await _house.Rest.GetAsync(item[..^5]);
        (away.Status, away.Headers.Location.ToString()).Should().Be((307, "http://phone/dog.png"));
    }

    /// <remarks>As apps without redirects found out on the live service: gh RocketChat/Rocket.Chat#37376, Abilityai/trinity#1932.</remarks>
    [Fact]
    public async Task Media_are_not_where_the_api_says_but_where_it_leads_for_four_hours_without_credentials()
    {
        var sid = _house.TextIn("look", $"data:image/png;base64,{Pixel}");
        var path = (await _house.Rest.GetAsync($"Messages/{sid}/Media.json")).Json.GetProperty("media_list")[0].GetProperty("uri").GetString()![..^5];
        var led = await _house.Rest.GetAsync(path);
        (led.Status, led.Body).Should().Be((307, ""));
        var link = MediaOpening.LinkOf(led);
        new Uri(link).AbsolutePath.Should().Be($"/mms{path[11..].Replace("/Accounts", "").Replace("/Messages", "").Replace("/Media", "")}");
        (await _house.Rest.FollowMediaAsync(_house.Messaging, link)).Should().NotBeNull();
        (await _house.Rest.FollowMediaAsync(_house.Messaging, link.Replace("Expires=", "Expires=9", StringComparison.Ordinal))).Should().BeNull();
        (await _house.Rest.FollowMediaAsync(_house.Messaging, link[..link.IndexOf('?', StringComparison.Ordinal)])).Should().BeNull();
        (await _house.Rest.FollowMediaAsync(_house.Messaging, link.Replace(sid, "MM00000000000000000000000000000009", StringComparison.Ordinal))).Should().BeNull();
        await _house.AdvanceAsync(4 * 3600);
        (await _house.Rest.FollowMediaAsync(_house.Messaging, link)).Should().NotBeNull();
        await _house.AdvanceAsync(1);
        (await _house.Rest.FollowMediaAsync(_house.Messaging, link)).Should().BeNull("the link is good no longer");
        (await _house.OpenAsync(path)).Should().NotBeNull("another is given");
    }

    [Fact]
    public async Task Media_want_credentials_unless_the_account_has_it_otherwise()
    {
        var sid = _house.TextIn("look", $"data:image/png;base64,{Pixel}");
        var item = (await _house.Rest.GetAsync($"Messages/{sid}/Media.json")).Json.GetProperty("media_list")[0]
            .GetProperty("uri").GetString()!;
        (await AskAsNobodyAsync(item[..^5], RestWorld.Account)).Status.Should().Be(401);

        const string Open = "AC00000000000000000000000000000002";
        _house.Do(() =>
        {
            _house.Rest.Accounts.Create(new AccountSpec
            {
                Sid = new(Open),
                AuthToken = "x",
                FriendlyName = "Open",
                OpensMedia = true,
                Owner = AccountBook.DefaultSid,
            });
            _house.Rest.Numbers.Add(new(Open), new PhoneNumberSpec { Number = "+14155550102" });
        });
        string? open = null;
        _house.Do(() => open = _house.Rest.Handsets.Text(MessagingHouse.Phone, "+14155550102", "", [$"data:image/png;base64,{Pixel}"]));
        var list = await _house.Rest.SendAsync("GET", $"/2010-04-01/Accounts/{Open}/Messages/{open}/Media.json", null, null, Open, "x");
        var media = list.Json.GetProperty("media_list")[0].GetProperty("uri").GetString()!;
        var link = MediaOpening.LinkOf(await AskAsNobodyAsync(media[..^5], Open));
        (await _house.Rest.FollowMediaAsync(_house.Messaging, link))!.Content.Length.Should().Be("a picture of a cat".Length);
        (await AskAsNobodyAsync(media, Open)).Status.Should().Be(401);

        (await _house.Rest.PostAsync($"/2010-04-01/Accounts/{Open}.json", "Status", "suspended")).Status.Should().Be(200);
        (await _house.Rest.FollowMediaAsync(_house.Messaging, link)).Should().BeNull("an account that is not active opens nothing");
    }

    [Fact]
    public async Task Media_are_listed_by_the_day_they_came()
    {
        var sid = _house.TextIn("look", $"data:image/png;base64,{Pixel}");
        (await _house.Rest.GetAsync($"Messages/{sid}/Media.json?DateCreated=2026-01-05")).Json.GetProperty("media_list").GetArrayLength()
            .Should().Be(1);
        (await _house.Rest.GetAsync($"Messages/{sid}/Media.json?DateCreated%3E=2026-01-06")).Json.GetProperty("media_list").GetArrayLength()
            .Should().Be(0);
    }

    private Task<RestAnswer> PostAsync(params string[] urls) =>
        _house.PostAsync("look", [.. urls.SelectMany(u => new[] { "MediaUrl", u })]);

    private Task<RestAnswer> AskAsNobodyAsync(string path, string account)
    {
        account.Should().NotBeEmpty();
        return _house.Rest.SendAsync("GET", path, null, null, user: null);
    }
}
