using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.TwiML;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHttpClient<ITwilioRestClient, TwilioRestClient>((http, services) =>
{
    var settings = services.GetRequiredService<IConfiguration>();
    return new TwilioRestClient(settings["TWILIO_ACCOUNT_SID"], settings["TWILIO_AUTH_TOKEN"], httpClient: new SystemNetHttpClient(http));
});
var app = builder.Build();
app.MapPost("/sms", async (HttpRequest request) =>
    Results.Text(new MessagingResponse().Message($"{(await request.ReadFormAsync())["Body"]} yourself", statusCallback: new Uri("/status", UriKind.Relative)).ToString(), "text/xml"));
app.MapPost("/orders/{phone}", async (string phone, ITwilioRestClient twilio) =>
    (await MessageResource.CreateAsync(new CreateMessageOptions(phone) { From = "+14155550100", Body = "On its way", StatusCallback = new Uri("http://shop.test/status") }, twilio)).Sid);
app.MapPost("/status", () => Results.NoContent());
app.Run();

public partial class Program;
