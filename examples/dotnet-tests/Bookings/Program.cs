using System.Collections.Concurrent;
using Bookings;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<TwilioSettings>(builder.Configuration.GetSection("Twilio"));
builder.Services.AddHttpClient<TextSender>();
builder.Services.AddSingleton<ConcurrentDictionary<string, Booking>>();
var app = builder.Build();

app.MapPost("/bookings", async (Booking booking, TextSender texts, ConcurrentDictionary<string, Booking> bookings) =>
{
    bookings[booking.Phone] = booking with { Confirmation = "queued" };
    try
    {
        await texts.SendAsync(booking.Phone, $"Dear {booking.Name}, your table for {booking.Guests} is booked. Reply C to cancel.");
        return Results.Accepted();
    }
    catch (TextRefusedException refused)
    {
        bookings.TryRemove(booking.Phone, out _);
        return Results.BadRequest(refused.Message);
    }
});
app.MapGet("/bookings/{phone}", (string phone, ConcurrentDictionary<string, Booking> bookings) =>
    bookings.TryGetValue(phone, out var booking) ? Results.Ok(booking) : Results.NotFound());

var twilio = app.MapGroup("/twilio").AddEndpointFilter<SignatureFilter>();
twilio.MapPost("/sms", async (HttpRequest request, ConcurrentDictionary<string, Booking> bookings) =>
{
    var form = await request.ReadFormAsync();
    var isCancelled = form["Body"].ToString().Trim().Equals("C", StringComparison.OrdinalIgnoreCase) && bookings.TryRemove(form["From"].ToString(), out _);
    return Twiml.Message(isCancelled ? "Your table is free again." : "Sorry? Reply C to cancel your table.");
});
twilio.MapPost("/status", async (HttpRequest request, ConcurrentDictionary<string, Booking> bookings) =>
{
    var form = await request.ReadFormAsync();
    if (bookings.TryGetValue(form["To"].ToString(), out var booking)) bookings[booking.Phone] = booking with { Confirmation = form["MessageStatus"].ToString() };
    return Results.NoContent();
});
twilio.MapPost("/voice", () => Twiml.Menu("To hear our opening hours, press 1.", "/twilio/keys"));
twilio.MapPost("/keys", async (HttpRequest request) => Twiml.Say((await request.ReadFormAsync())["Digits"] == "1" ? "We are open from six to eleven." : "Goodbye."));

app.Run();
