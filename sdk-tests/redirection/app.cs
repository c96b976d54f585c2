// The official SDK as its users start it: no line about an emulator. A program in one file: dotnet run app.cs
#:property PublishAot=false
#:property NuGetAudit=false
#:package Twilio@8.2.0
using Twilio;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

TwilioClient.Init(Environment.GetEnvironmentVariable("TWILIO_ACCOUNT_SID"), Environment.GetEnvironmentVariable("TWILIO_AUTH_TOKEN"));
var message = MessageResource.Create(new PhoneNumber("+14155550199"), from: new PhoneNumber("+14155550100"), body: "from .NET");
var call = CallResource.Create(new PhoneNumber("+14155550199"), new PhoneNumber("+14155550100"), twiml: new Twiml("<Response><Say>Hello from .NET</Say></Response>"));

// Lists walk from page to page by the links the service gives.
for (var i = 0; i < 3; i++) MessageResource.Create(new PhoneNumber("+14155550198"), from: new PhoneNumber("+14155550100"), body: $"page {i}");
var listed = MessageResource.Read(new ReadMessageOptions { PageSize = 1, Limit = 4 }).Count();
if (listed != 4) throw new InvalidOperationException($"{listed} listed");
Console.WriteLine($$"""{"message":"{{message.Sid}}","call":"{{call.Sid}}"}""");
