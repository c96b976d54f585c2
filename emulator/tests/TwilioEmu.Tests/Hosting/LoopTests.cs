using System.Net.Http.Headers;
using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Hosting;

/// <summary>An app's URL that is the emulator's own API.</summary>
public sealed class LoopTests
{
    private const string Account = "AC00000000000000000000000000000001";
    private const string Token = "00000000000000000000000000000001";

    [Fact]
    public async Task A_number_whose_url_sends_texts_to_itself_is_ended_with_an_alert_that_names_the_loop()
    {
        await using var server = await EmulatorServer.StartAsync(
            new WorldConfig
            {
                Accounts = [new AccountSpec { Sid = new(Account), AuthToken = Token, FriendlyName = "One" }],
                Numbers =
                [
                    new PhoneNumberSpec { Number = "+14155550100", MessagesPerSecond = 1000 },
                    new PhoneNumberSpec { Number = "+14155550101" },
                ],
            },
            new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart }, "127.0.0.1", 0);
        var world = server.House.World;
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{Token}")));
        await PostAsync(
            $"IncomingPhoneNumbers/{await NumberAsync()}.json",
            ("SmsUrl", $"http://{Account}:{Token}@{new Uri(server.Url).Authority}/2010-04-01/Accounts/{Account}/Messages.json"));

        await PostAsync("Messages.json", ("To", "+14155550101"), ("From", "+14155550100"), ("Body", "round and round"));
        await world.Clock.AdvanceAsync(TimeSpan.FromHours(1));

        var entries = await world.Loop.RunAsync(() => world.Journal.After(0).ToList(), default);
        entries.Where(e => e.Kind == "alert").Select(e => e.ToJson()).Should().ContainSingle(line => line.Contains("a loop was ended"));
        entries.Count(e => e.Kind == "message.received").Should().BeLessThan(120);
        (await world.Loop.RunAsync(() => world.Clock.TimerCount, default)).Should().Be(0);

        async Task<string> NumberAsync()
        {
            using var json = System.Text.Json.JsonDocument.Parse(
                await client.GetStringAsync($"/2010-04-01/Accounts/{Account}/IncomingPhoneNumbers.json?PhoneNumber=%2B14155550101"));
            return json.RootElement.GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString()!;
        }

        async Task PostAsync(string path, params (string Name, string Value)[] pairs)
        {
            using var form = new FormUrlEncodedContent(pairs.Select(p => KeyValuePair.Create(p.Name, p.Value)));
            using var answer = await client.PostAsync($"/2010-04-01/Accounts/{Account}/{path}", form);
            answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
        }
    }
}
