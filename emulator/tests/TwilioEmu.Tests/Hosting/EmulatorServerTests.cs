using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Hosting;

/// <summary>The whole emulator on a real socket, as a program sees it.</summary>
public sealed class EmulatorServerTests : IAsyncLifetime
{
    private const string First = "AC00000000000000000000000000000001";
    private const string Second = "AC00000000000000000000000000000002";
    private EmulatorServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmulatorServer.StartAsync(
        new WorldConfig
        {
            Accounts =
            [
                new AccountSpec { Sid = new(First), AuthToken = "1111", FriendlyName = "One" },
                new AccountSpec { Sid = new(Second), AuthToken = "2222", FriendlyName = "Two" },
            ],
            Numbers =
            [
                new PhoneNumberSpec { Number = "+14155550100", MessagesPerSecond = 1000 },
                new PhoneNumberSpec { Number = "+14155550200", Account = Second, MessagesPerSecond = 1000 },
            ],
        },
        new WorldOptions { Clock = new ClockMode.Auto(), Start = WorldOptions.StoryStart }, "127.0.0.1", 0);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_address_of_another_machine_cannot_be_had_and_is_told_as_a_taken_port_is() =>
        (await FluentActions.Awaiting(
            () => EmulatorServer.StartAsync(
                new WorldConfig { Accounts = [new AccountSpec { Sid = new(First), AuthToken = "1111", FriendlyName = "One" }] },
                new WorldOptions(), "192.0.2.1", 0))
                    .Should().ThrowAsync<IOException>()).WithMessage("failed to bind*");

    [Fact]
    public async Task Sixty_four_connections_posting_at_once_lose_and_duplicate_nothing()
    {
        using var client = Client(First, "1111");
        var sids = await Task.WhenAll(Enumerable.Range(0, 64).Select(async c =>
        {
            var mine = new List<string>();
            for (var i = 0; i < 16; i++)
            {
                mine.Add((await PostAsync(client, First, "+14155550100", $"{c}/{i}")).GetProperty("sid").GetString()!);
            }
            return mine;
        }));
        sids.SelectMany(s => s).Should().OnlyHaveUniqueItems().And.HaveCount(64 * 16);

        await _server.House.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));
        var received = await _server.House.World.Loop.RunAsync(
            () => _server.House.World.Journal.After(0).Where(e => e.Kind == "handset.received").Select(e => e.ToJson()).ToList(), default);
        received.Should().HaveCount(64 * 16);
        Bodies(received).Should().BeEquivalentTo(from c in Enumerable.Range(0, 64) from i in Enumerable.Range(0, 16) select $"{c}/{i}");
    }

    [Fact]
    public async Task Two_accounts_never_see_each_others_things()
    {
        using var one = Client(First, "1111");
        using var two = Client(Second, "2222");
        var sid = (await PostAsync(one, First, "+14155550100", "mine")).GetProperty("sid").GetString();

        (await two.GetAsync($"/2010-04-01/Accounts/{Second}/Messages/{sid}.json")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await two.GetAsync($"/2010-04-01/Accounts/{First}/Messages/{sid}.json")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await two.GetStringAsync($"/2010-04-01/Accounts/{Second}/Messages.json")).Should().Contain("\"messages\":[]");
        (await two.GetStringAsync($"/2010-04-01/Accounts/{Second}/IncomingPhoneNumbers.json"))
            .Should().Contain("+14155550200").And.NotContain("+14155550100");
        (await PostAsync(two, Second, "+14155550100", "theirs")).GetProperty("code").GetInt32().Should().Be(21660);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("POST /2010-04-01/Accounts HTTP/1.1\r\nHost: x\r\nContent-Length: nonsense\r\n\r\n")]
    [InlineData(
        "POST /2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nTo=")]
    [InlineData("GET /%zz%00/../../_emu HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /_emu/v1/expect HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{{{{{")]
    public async Task Rubbish_on_the_wire_leaves_the_house_standing(string bytes)
    {
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(_server.Url).Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(bytes));
            socket.Shutdown(SocketShutdown.Send);
            try
            {
                await socket.ReceiveAsync(new byte[1024]);
            }
            catch (SocketException)
            {
                // Cutting the connection short is an answer too.
            }
        }
        using var client = Client(First, "1111");
        (await PostAsync(client, First, "+14155550100", "still here")).GetProperty("status").GetString().Should().Be("queued");
    }

    [Theory]
    [InlineData(
        "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json", "application/x-www-form-urlencoded", "FFFFFFFF\r\n")]
    [InlineData(
        "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json", "application/x-www-form-urlencoded",
        "FFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json", "application/x-www-form-urlencoded", "zz\r\n")]
    [InlineData("/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json", "application/x-www-form-urlencoded", "1\r\naXX")]
    [InlineData("/_emu/v1/expect", "application/json", "80000000\r\n")]
    [InlineData("/_emu/v1/expect", "application/json", "-1\r\n")]
    [InlineData("/_emu/v1/resources/video/v1/Rooms", "application/json", "zz\r\n")]
    public async Task A_chunk_that_is_none_is_a_bad_request(string path, string type, string chunk)
    {
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_server.Url).Port);
        var method = path.Contains("resources", StringComparison.Ordinal) ? "PUT" : "POST";
        var auth = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{First}:1111"));
        await client.SendAsync(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic "
            + $"{auth}\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}"));
        var answer = await new RawClient(client).UntilAsync("\r\n").WaitAsync(OpenHouse.Limit);
        answer.Should().StartWith("HTTP/1.1 400 ");
    }

    [Theory]
    [InlineData("/_emu/v1/accounts", """{"friendly_name":"\ud800"}""")]
    [InlineData("/_emu/v1/accounts", """{"\udc00":1}""")]
    [InlineData("/_emu/v1/expect", """{"match":{"kind":"\ud800x"}}""")]
    [InlineData("/_emu/v1/handsets/+14155550199/messages", """{"to":"+14155550100","body":"\ud83d"}""")]
    public async Task Half_a_character_in_the_control_api_is_a_bad_request(string path, string body)
    {
        using var client = Client(First, "1111");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await client.PostAsync(path, content)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_reset_brings_back_the_configured_start_seed_included()
    {
        using var client = Client(First, "1111");
        var before = (await PostAsync(client, First, "+14155550100", "one")).GetProperty("sid").GetString();
        (await client.PostAsync("/_emu/v1/reset", null)).EnsureSuccessStatusCode();
        (await client.GetStringAsync($"/2010-04-01/Accounts/{First}/Messages.json")).Should().Contain("\"messages\":[]");
        (await PostAsync(client, First, "+14155550100", "one")).GetProperty("sid").GetString().Should().Be(before);
    }

    [Fact]
    public async Task Every_behaviour_hangs_at_an_operation_that_exists()
    {
        await Task.CompletedTask;
        _server.House.Door.StrayBehaviours().Should().BeEmpty();
        _server.House.Door.Documents.Strays.Should().BeEmpty();
    }

    private HttpClient Client(string account, string token)
    {
        var client = new HttpClient { BaseAddress = new Uri(_server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{account}:{token}")));
        return client;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string account, string from, string body)
    {
        using var form = new FormUrlEncodedContent([new("To", "+14155550199"), new("From", from), new("Body", body)]);
        using var answer = await client.PostAsync($"/2010-04-01/Accounts/{account}/Messages.json", form);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }

    private static IEnumerable<string> Bodies(IEnumerable<string> entries) => entries.Select(line =>
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("data").GetProperty("body").GetString()!;
    });
}
