using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using TwilioEmu;

// Under twilioemu exec: the control API is at TWILIOEMU_URL.
using var emulator = new EmulatorClient(new Uri(Environment.GetEnvironmentVariable("TWILIOEMU_URL")!));
var account = (await emulator.AccountsAsync(limit: 1))[0];
using var http = new System.Net.Http.HttpClient(emulator.CreateRedirectHandler());
var twilio = new TwilioRestClient(account.Sid, account.AuthToken, httpClient: new SystemNetHttpClient(http));
var message = await MessageResource.CreateAsync(new CreateMessageOptions("+14155550199") { From = "+14155550100", Body = "by Client" }, twilio);
var text = await emulator.Handset("+14155550199").ShouldReceiveAsync("by Client");
if (text.MessageSid != message.Sid) throw new InvalidOperationException($"{text.MessageSid} is not {message.Sid}");
// Server-sent events are a package of their own in .NET 8.
await foreach (var entry in emulator.FollowJournalAsync(new() { After = 0 }))
{
    if (entry.Kind == "message.delivered") break;
}
Console.WriteLine("received, and read in the journal");
